"""Pages about votes of the community."""
