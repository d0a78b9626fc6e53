"""What moderators decide about waves."""
