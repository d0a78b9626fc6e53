"""Files: uploads, their variants, and where they are stored."""
