"""Special accounts: the list, one page for each, and what is decided about all of them."""
