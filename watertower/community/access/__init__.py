"""Reading on someone's behalf: what members are shown, and what the desk is."""
