"""The audit log for those who may read it: lines, what to filter by, and the whole as a file."""

import csv
import io
from collections.abc import AsyncIterator, Sequence

from watertower.base.context import Context
from watertower.base.ids import MAX_ID
from watertower.base.json import to_json, to_json_bytes
from watertower.base.paging import Page
from watertower.moderation.model.audit import AuditLine, AuditSearch
from watertower.moderation.queries.audit_lines import (
    find_member,
    list_kinds,
    list_lines,
    list_verbs,
)
from watertower.moderation.steps.log import log

AT_ONCE = 1000
COLUMNS = (
    *("id", "at", "actor_account_id", "actor", "capacity", "verb", "subject_kind"),
    *("subject_id", "subject", "case_id", "reason", "details"),
)


async def lines_for(
    ctx: Context, *, viewer_id: int, search: AuditSearch, page: Page
) -> list[AuditLine]:
    """A page of the log, newest first, without what is about the viewer."""
    async with ctx.reading() as tx:
        return await list_lines(tx, viewer_id=viewer_id, search=search, page=page)


async def words_of_log(ctx: Context) -> tuple[Sequence[str], Sequence[str]]:
    """The verbs and the kinds of subjects that there are."""
    async with ctx.reading() as tx:
        return await list_verbs(tx), await list_kinds(tx)


async def member_named(ctx: Context, *, username: str) -> int | None:
    """The account of a member, for the filter."""
    async with ctx.reading() as tx:
        return await find_member(tx, username=username.removeprefix("@"))


async def begin_export(ctx: Context, *, viewer_id: int, form: str) -> None:
    """Taking the log along is written into it."""
    async with ctx.transaction() as tx:
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="export audit log",
            subject=("audit_log", form),
        )


async def exported(
    ctx: Context, *, viewer_id: int | None, search: AuditSearch, form: str
) -> AsyncIterator[bytes]:
    """The lines as csv or json (one object a line), newest first, a piece at a time.

    `viewer_id` None is the operator, from whom nothing is left out.
    """
    if form == "csv":
        yield _csv([COLUMNS])
    before = MAX_ID
    while True:
        async with ctx.reading() as tx:
            found = await list_lines(
                tx, viewer_id=viewer_id, search=search, page=Page(AT_ONCE, before)
            )
        if not found:
            return
        if form == "csv":
            yield _csv([[_cell(getattr(one, name)) for name in COLUMNS] for one in found])
        else:
            yield b"".join(to_json_bytes(as_json(one)) + b"\n" for one in found)
        before = found[-1].id


def as_json(line: AuditLine) -> dict[str, object]:
    """A line with ids as texts, as in the rest of the API."""
    return {
        "id": str(line.id),
        "at": line.at.isoformat(),
        "actor": None
        if line.actor_account_id is None
        else {"id": str(line.actor_account_id), "username": line.actor},
        "capacity": line.capacity,
        "verb": line.verb,
        "subject": {"kind": line.subject_kind, "id": line.subject_id, "acct": line.subject or None},
        "case_id": line.case_id and str(line.case_id),
        "reason": line.reason,
        "details": dict(line.details),
    }


def _cell(value: object) -> str:
    """Text for a cell. What a spreadsheet would take for a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return to_json(value)
    isoformat = getattr(value, "isoformat", None)
    text = str(isoformat()) if isoformat else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
