"""Endpoints under /api/v1/admin, for those whose role allows it."""
