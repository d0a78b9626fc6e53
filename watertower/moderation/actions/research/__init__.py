"""Research without a report: whom and what moderators watch, and what comes of it."""
