"""Notifications as mails."""
