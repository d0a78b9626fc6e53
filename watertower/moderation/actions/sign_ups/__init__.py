"""What staff and applicants do about sign-ups."""
