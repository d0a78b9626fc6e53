"""Pure decisions: what bytes are, how large a picture becomes, how keys are named."""
