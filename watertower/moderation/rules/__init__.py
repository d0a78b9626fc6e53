"""Pure decisions: the same answer for the same question, no I/O."""
