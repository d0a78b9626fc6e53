"""Watertower: a community server with moderation, governance and operations built in."""
