"""Accounts on the desk: find one, see how it stands, decide, take back."""
