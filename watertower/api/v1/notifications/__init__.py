"""Endpoints under /api/v1/notifications."""
