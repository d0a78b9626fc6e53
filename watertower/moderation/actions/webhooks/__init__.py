"""Programs elsewhere that hear of what happens: registering them, and what is sent."""
