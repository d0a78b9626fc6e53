"""Endpoints under /api/v1/accounts."""
