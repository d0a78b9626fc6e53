"""Pages about trusted reporters."""
