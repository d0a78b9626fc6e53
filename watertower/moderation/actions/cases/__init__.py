"""What moderators do with a case, one verb a file."""
