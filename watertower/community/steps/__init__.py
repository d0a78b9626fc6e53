"""What happens inside somebody's transaction."""
