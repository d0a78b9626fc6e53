"""Endpoints under /api/v1/timelines."""
