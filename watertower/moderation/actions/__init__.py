"""What members and moderators do, one verb a file."""
