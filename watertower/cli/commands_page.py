"""Makes docs/operating/commands.md from the table of commands, so that it cannot go stale."""

_HEAD = """\
# Commands

<!-- Written by `make docs` from watertower/cli/app.py. Do not edit. -->

The operator's command line, `.venv/bin/watertower`. Each command has `--help`. They use the same
settings as the server, and the same actions as the app and the pages.

| command | what it does |
|---|---|
"""


def commands_page(commands: dict[str, tuple[str, str]]) -> str:
    """The whole page, for a table of words → (target, what it does)."""
    rows = [f"| `watertower {words}` | {says} |\n" for words, (_, says) in commands.items()]
    return _HEAD + "".join(rows)
