"""What we write to members, as plain text and HTML."""
