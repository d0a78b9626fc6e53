"""Watertower: a community server with moderation, governance and operations built in."""

__version__ = "0.1.0"
