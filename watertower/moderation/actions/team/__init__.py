"""Acts about teams."""
