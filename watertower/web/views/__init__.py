"""What templates are given: small objects with nothing left to decide."""
