"""Signing up, signing in, and letting apps in."""
