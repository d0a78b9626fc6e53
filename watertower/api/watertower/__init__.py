"""Endpoints of our own, under /api/watertower, documented in docs/api/extensions.md."""
