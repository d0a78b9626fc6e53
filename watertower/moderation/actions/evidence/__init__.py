"""What is done with evidence: look at it, hold it, destroy it, hand it over."""
