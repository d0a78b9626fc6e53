"""What moderation does later, or by the clock."""
