"""`watertower …` and `python -m watertower …`: the operator's command line."""

import os
import sys

from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.base.errors import Refused
from watertower.base.read_settings import SettingsError
from watertower.cli.app import make_app
from watertower.cli.failure import CommandFailed


def main() -> None:
    """Run the command that the arguments name; a refusal is one line and exit code 1."""
    try:
        make_app()()
    except (CommandFailed, SettingsError, EmbeddedPostgresError, Refused) as refusal:
        print(f"watertower: {refusal}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except BrokenPipeError:
        # `… | head` has seen enough. Nothing more may be written, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
