"""Steps inside somebody else's transaction."""
