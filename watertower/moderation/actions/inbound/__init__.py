"""Rules about what arrives: written, simulated, switched on, undone; and what they held."""
