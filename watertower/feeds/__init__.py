"""What members read: timelines, notifications, conversations, search, lists, filters, markers."""
