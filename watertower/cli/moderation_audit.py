"""`watertower audit export`: the whole audit log, for whoever keeps the machines."""

import sys
from datetime import UTC, datetime
from typing import Literal

from watertower.base.context import Context
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.moderation.access.audit import exported
from watertower.moderation.model.audit import AuditSearch


def export(*, form: Literal["csv", "json"] = "json", since: str = "", until: str = "") -> None:
    """Print the audit log, newest first.

    Parameters
    ----------
    form
        csv, or json: one object a line.
    since
        The first day, as 2026-11-23.
    until
        The day after the last one.

    """
    search = AuditSearch(since=_day(since), until=_day(until))

    async def write(ctx: Context) -> None:
        async for piece in exported(ctx, viewer_id=None, search=search, form=form):
            sys.stdout.write(piece.decode())

    in_context(write)


def _day(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise CommandFailed(f"{typed} is no day; write it as 2026-11-23") from error
