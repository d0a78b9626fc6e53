"""Sending activities: choice of inboxes, lanes by host, retries."""
