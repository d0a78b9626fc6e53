"""What `watertower up` shows once everything runs."""

import os
from importlib.metadata import version

from watertower.base.settings import Settings


def start_page(settings: Settings, *, listens_on: str, database: str) -> str:
    """Where it listens, where the data is, how to begin, how to stop."""
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
    table = "\n".join(f"  {name:<12} {value}" for name, value in rows)
    return f"""
Watertower {version("watertower")} is running.

{table}

  Make the owner:  watertower owner create NAME --email YOU@EXAMPLE.ORG
  Check it:        watertower doctor
  Stop it:         Ctrl-C, or kill {os.getpid()}
"""
