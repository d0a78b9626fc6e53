"""What moderators do about other servers, a verb in each file."""
