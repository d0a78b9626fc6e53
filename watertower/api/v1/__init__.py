"""Endpoints under /api/v1; folders and files follow the address."""
