"""Telling the moderators: the form, what each side will see, and how far a report is."""
