"""What other servers read of us, and where they post."""
