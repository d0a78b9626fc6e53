"""The desk of the audit log."""
