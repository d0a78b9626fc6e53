"""What is done when moderation was wrong."""
