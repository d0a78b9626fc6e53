"""The desk of webhooks."""
