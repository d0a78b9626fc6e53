"""Endpoints under /api/v2."""
