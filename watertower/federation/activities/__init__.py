"""One file for each type of activity we receive."""
