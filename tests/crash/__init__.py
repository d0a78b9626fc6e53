"""Kills every process in turn, and counts what was lost and what came twice."""
