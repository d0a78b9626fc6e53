"""What can go wrong with the embedded PostgreSQL. Every message says what to do."""


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used; the message is meant for the operator."""


class AlreadyRunning(EmbeddedPostgresError):  # noqa: N818  # the house says what was refused
    """Another process uses the same data directory."""
