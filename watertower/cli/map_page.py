"""Makes docs/map.md from the docstrings of the packages, so that it cannot go stale."""

import ast
from pathlib import Path

import watertower

_HEAD = """\
# The map

<!-- Written by `make docs` from the docstrings of the packages. Do not edit. -->

Three doors, the rooms, one ground floor. Imports point down only, held by contracts in
`.importlinter`.

    __main__  asgi  worker  cli         start a process; the operator's commands
    jobs  schedule  assemble            what can be run; what the clock starts; the context
    reactions                           what follows from what, on one page
    api | web | federation              DOORS: translate the outside, decide nothing
    community                           what is decided and said as a whole: votes
    moderation                          reports, decisions, appeals, server policy
    feeds                               timelines, notifications, search, lists, filters
    statuses                            posts and what is done to them
    accounts                            who is who: people, sign-in, relations, servers
    media                               files, their variants, where they are stored
    base                                database, queue, HTTP client, clock, settings

A door never imports another door, nor a room's SQL. A room imports only the rooms below it; what
it needs from above comes as an event (upward in time) or through a port of the context. New code
goes into the lowest room that knows all the words it needs. A room to
come: `operations`, above `community`.

Inside a room: `model.py` (what it is), `errors.py` (what is refused), `events.py` (facts it
announces), `rules.py` (pure decisions), `access/` (reading on someone's behalf), `actions/` (one
file a verb), `queries/` (SQL and nothing else), `jobs/` and `reactions` (work done later).
"""


def map_page() -> str:
    """The whole page."""
    root = Path(str(watertower.__file__)).parent
    lines = [_HEAD, "## Every place\n", "| place | what it is |", "|---|---|"]
    modules = (file for file in sorted(root.glob("*.py")) if file.name != "__init__.py")
    packages = (file for file in sorted(root.rglob("__init__.py")) if file.parent != root)
    lines += [f"| `{file.name}` | {_says(file)} |" for file in modules]
    lines += [f"| `{f.parent.relative_to(root).as_posix()}/` | {_says(f)} |" for f in packages]
    return "\n".join(lines) + "\n"


def _says(file: Path) -> str:
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split()).replace("|", "\\|")
