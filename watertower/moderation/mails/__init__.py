"""What moderation writes to people outside of a case's threads."""
