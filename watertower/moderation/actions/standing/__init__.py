"""What moderators decide about accounts, and how it is taken back."""
