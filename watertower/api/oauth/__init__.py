"""Registration of apps, and their tokens (OAuth 2)."""
