"""Writing background work: jobs are rows in PostgreSQL, in the transaction they follow from."""
