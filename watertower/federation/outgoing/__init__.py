"""One file for each event that other servers hear about."""
