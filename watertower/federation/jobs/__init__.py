"""Work of the federation door that the clock starts."""
