"""Endpoints under /api/watertower/v1."""
