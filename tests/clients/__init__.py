"""A whole server, and the unmodified apps that people have."""
