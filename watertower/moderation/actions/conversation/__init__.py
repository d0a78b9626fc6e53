"""What is said about a case: write, receive by mail, mute, close."""
