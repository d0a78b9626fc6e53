"""Applicants: the queue, one page for each, waves from one network, and how open the door is."""
