"""Pages: sign-in, one's own account, public pages, health."""
