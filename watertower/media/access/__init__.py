"""Reading on someone's behalf: the viewer is always a parameter."""
