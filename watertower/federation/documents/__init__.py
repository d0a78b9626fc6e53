"""Our objects as documents that other servers read."""
