"""Freezing somebody with a way back, and every step on that way."""
