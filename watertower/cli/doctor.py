"""`watertower doctor`: whether everything that the server needs works on this machine."""

import sys

from watertower.base.read_settings import SettingsError, read_settings
from watertower.cli.check_database import check_database
from watertower.cli.check_machine import check_machine
from watertower.cli.check_settings import check_settings
from watertower.cli.finding import Finding, fail, ok


def doctor() -> None:
    """Check settings, data, database, programs, clock and ports; exit 1 when something fails.

    Changes nothing.
    """
    findings = find_all()
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        print(f"{finding.state:<4}  {finding.subject:<{width}}  {finding.says}")
    if any(finding.state == "fail" for finding in findings):
        sys.exit(1)


def find_all() -> list[Finding]:
    """All findings, in the order of the page."""
    try:
        settings = read_settings()
    except SettingsError as refusal:
        return [fail("settings", str(refusal))]
    return [
        ok("settings", "every name is known, every value fits"),
        *check_settings(settings),
        *check_machine(settings),
        *check_database(settings),
    ]
