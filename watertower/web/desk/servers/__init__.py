"""Pages about other servers: the list, one page for each, decisions with their preview."""
