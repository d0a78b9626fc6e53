"""/api/v1/emails."""
