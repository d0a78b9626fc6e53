"""What the moderation desk must do, and the tests that prove it."""
