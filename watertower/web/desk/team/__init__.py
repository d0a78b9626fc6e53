"""Pages about the team."""
