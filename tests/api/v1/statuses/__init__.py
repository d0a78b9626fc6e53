"""Tests of /api/v1/statuses."""
