"""Makes docs/configuration.md from the settings themselves, so that it cannot go stale."""

from dataclasses import fields
from typing import Any

from watertower.base.read_settings import ALIASES, variable_name
from watertower.base.settings import sections

_HEAD = """\
# Settings

<!-- Written by `make docs` from watertower/base/settings.py. Do not edit. -->

What an operator decides before the server starts. What moderators change while it runs is not
here: it lives in the database and has its pages at the moderators' desk.

Settings are read from a TOML file, then from the environment; the environment wins, and an
empty variable counts as not set. The file is `watertower.toml` in the data directory, or the one
that `WATERTOWER_CONFIG` names. A section of this page is a section of the file:

```toml
[server]
domain = "social.example.org"

[mail]
smtp_url = "smtps://user:password@mail.example.org:465"
```

An unknown or misspelt name stops the start and names its nearest neighbour. `watertower config
check` shows what is in effect, and `watertower doctor` whether it works on this machine.
"""


def configuration_page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for section, cls in sections().items():
        says = (cls.__doc__ or "").split(" Environment:")[0].strip()
        rows = [
            f"| `{f.name}` | {_variables(section, f.name)} | {_default(f.default)} | {_cell(f.metadata['says'])} |"
            for f in fields(cls)
        ]
        table = "\n".join(["| setting | environment | default | |", "|---|---|---|---|", *rows])
        parts.append(f"## [{section}]\n\n{says}\n\n{table}\n")
    return "\n".join(parts)


def _variables(section: str, name: str) -> str:
    aliases = [alias for alias, setting in ALIASES.items() if setting == (section, name)]
    return "<br>".join(f"`{variable}`" for variable in [*aliases, variable_name(section, name)])


def _default(value: Any) -> str:
    if value is None or value == "":
        return "unset"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
