"""What people write: found, counted, turned into HTML, and made safe. Pure functions, no I/O."""
