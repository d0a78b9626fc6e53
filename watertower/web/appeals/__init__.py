"""Appeals: pages for the person, which work signed out, and for people elsewhere."""
