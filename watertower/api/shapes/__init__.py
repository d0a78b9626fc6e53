"""One file for each JSON entity. A list renders in a fixed number of queries."""
