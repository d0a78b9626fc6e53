"""Steps inside somebody's transaction."""
