"""Freezes on the desk: the form, the list with its clocks, and one freeze with every step."""
