"""Reading from other servers: WebFinger, actors, objects."""
