"""Background work: jobs are rows in PostgreSQL, written in the transaction they follow from."""
