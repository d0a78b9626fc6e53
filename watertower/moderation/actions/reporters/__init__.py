"""Acts about trusted reporters."""
