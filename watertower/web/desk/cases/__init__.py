"""The desk's pages of cases: the queue, a case, and what is done with it."""
