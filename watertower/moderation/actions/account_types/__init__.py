"""What special accounts and staff do about types and their approval."""
