"""Webhooks: what happens here is told to programs elsewhere, in the shapes of the API."""
