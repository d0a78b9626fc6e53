"""`watertower demo`: a believable community, so that a newcomer sees a living place."""
