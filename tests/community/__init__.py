"""What the community decides as a whole."""
