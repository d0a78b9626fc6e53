"""What feeds do about the events of the rooms below: fan out, notify, forget."""
