"""Endpoints under /api/v2/filters."""
