"""Posts and what is done to them: publish, edit, delete, favourite, boost, bookmark, pin, vote."""
