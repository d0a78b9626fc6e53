"""What moderation can refuse, one file for each subject."""
