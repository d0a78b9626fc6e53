"""Endpoints under /api/v1/statuses."""
