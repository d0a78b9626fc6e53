"""What `watertower up` shows once everything runs."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from watertower.base.settings import Settings


def start_page(
    settings: Settings, *, listens_on: str, database: str, given: Sequence[str] = ()
) -> str:
    """Where it listens, where the data is, how to begin, how to stop.

    `given` names the settings that came from the environment.
    """
    rows = [
        ("Community", settings.base_url),
        ("Listens on", listens_on),
        ("Streaming", settings.streaming_url),
        ("Data", str(settings.server.data_dir)),
        ("Database", database),
    ]
    if settings.is_development and not settings.mail.smtp_url:
        rows.append(
            ("Mails", f"{settings.server.data_dir / 'mail'} (development: confirmed at once)")
        )
    if given:
        rows.append(("Settings", f"{', '.join(given)}: the commands need the same"))
    command = called_as(sys.argv[0])
    table = "\n".join(f"  {name:<12} {value}" for name, value in rows)
    return f"""
Watertower {version("watertower")} is running.

{table}

  Make the owner:  {command} owner create NAME --email YOU@EXAMPLE.ORG
  Check it:        {command} doctor
  Stop it:         Ctrl-C, or kill {os.getpid()}
"""


def called_as(program: str) -> str:
    """What to type for this command line; with its folder where it was called by one."""
    return program if Path(program).name == "watertower" else "watertower"


def given_by_environment(environment: Mapping[str, str]) -> list[str]:
    """Names of the settings that a command in another terminal would not know by itself."""
    return sorted(
        name
        for name, value in environment.items()
        if value and (name.startswith("WATERTOWER_") or name == "DATABASE_URL")
    )
