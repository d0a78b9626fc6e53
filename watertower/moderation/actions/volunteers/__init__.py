"""Acts about volunteers."""
