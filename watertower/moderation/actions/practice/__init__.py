"""Acts of practice."""
