"""How a command says that it cannot do what was asked."""


class CommandFailed(Exception):  # noqa: N818  # the house says what happened
    """Ends the command with its message and exit code 1."""
