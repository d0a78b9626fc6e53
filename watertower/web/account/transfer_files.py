"""The files of exports and imports: CSV as Mastodon writes and reads it, filters as JSON. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from watertower.base.errors import Invalid
from watertower.base.json import to_json_bytes
from watertower.base.text.clean import clean_text
from watertower.feeds.transfer import FailedRow, Kind, TransferRow

FILE_NAMES = {
    Kind.FOLLOWS: "following_accounts.csv",
    Kind.BLOCKS: "blocked_accounts.csv",
    Kind.MUTES: "muted_accounts.csv",
    Kind.DOMAIN_BLOCKS: "blocked_domains.csv",
    Kind.LISTS: "lists.csv",
    Kind.BOOKMARKS: "bookmarks.csv",
    Kind.FILTERS: "filters.json",
}
HEADS: dict[Kind, Sequence[str]] = {
    Kind.FOLLOWS: ("Account address", "Show boosts", "Notify on new posts", "Languages"),
    Kind.MUTES: ("Account address", "Hide notifications"),
}
# The columns of files without a first line that names them.
COLUMNS: dict[Kind, Sequence[str]] = {
    Kind.FOLLOWS: HEADS[Kind.FOLLOWS],
    Kind.BLOCKS: ("Account address",),
    Kind.MUTES: HEADS[Kind.MUTES],
    Kind.DOMAIN_BLOCKS: ("#domain",),
    Kind.LISTS: ("List name", "Account address"),
    Kind.BOOKMARKS: ("#uri",),
}
CONTEXTS = frozenset({"home", "notifications", "public", "thread", "account"})
ACTIONS = frozenset({"warn", "hide", "blur"})
LONGEST_VALUE = 2000
MOST_KEYWORDS = 1000  # of one filter


def written(kind: Kind, rows: Sequence[TransferRow]) -> bytes:
    """A file that Mastodon and we can read again."""
    if kind == Kind.FILTERS:
        return to_json_bytes({"filters": [_filter_out(row) for row in rows]})
    lines = ([_out(value) for value in _values(kind, row)] for row in rows)
    return _csv([HEADS[kind], *lines] if kind in HEADS else lines)


def failures(kind: Kind, rows: Sequence[FailedRow]) -> bytes:
    """What failed, each row with the reason at its end."""
    if kind == Kind.FILTERS:
        return to_json_bytes(
            {"filters": [_filter_out(row.data) | {"problem": row.problem} for row in rows]}
        )
    head = [*COLUMNS[kind], "Problem"]
    return _csv([head, *([*map(_out, _values(kind, r.data)), r.problem] for r in rows)])


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode("utf-8", "replace")


def _out(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _values(kind: Kind, row: TransferRow) -> Sequence[Any]:
    match kind:
        case Kind.FOLLOWS:
            languages = ", ".join(row.get("languages") or ())
            return (
                row["handle"],
                row.get("shows_reblogs", True),
                row.get("notifies", False),
                languages,
            )
        case Kind.MUTES:
            return row["handle"], row.get("hides_notifications", True)
        case Kind.LISTS:
            return row["title"], row["handle"]
        case Kind.DOMAIN_BLOCKS:
            return (row["domain"],)
        case Kind.BOOKMARKS:
            return (row["uri"],)
        case _:
            return (row["handle"],)


def _filter_out(row: TransferRow) -> dict[str, Any]:
    return {
        "title": row["title"],
        "context": row["contexts"],
        "filter_action": row["action"],
        "expires_at": row.get("expires_at"),
        "keywords": [{"keyword": word, "whole_word": whole} for word, whole in row["keywords"]],
    }


def read(kind: Kind, raw: bytes) -> list[TransferRow]:
    """The rows of a file; lines that say nothing are left out. Raises Invalid for what is no such file."""
    try:
        text = clean_text(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid("The file is not text in UTF-8") from error
    if kind == Kind.FILTERS:
        return _read_filters(text)
    try:
        lines = [line for line in csv.reader(io.StringIO(text)) if any(line)]
    except csv.Error as error:
        raise Invalid("The file is not CSV") from error
    columns = COLUMNS[kind]
    if lines and _is_head(lines[0]):
        columns = [name.strip() for name in lines.pop(0)]
    found: dict[str, TransferRow] = {}
    for line in lines:
        cells = {n.lower(): v.strip()[:LONGEST_VALUE] for n, v in zip(columns, line, strict=False)}
        row = _row(kind, cells)
        if row is not None:
            found.setdefault(f"{row.get('title', '')} {next(iter(row.values()))}".lower(), row)
    return list(found.values())


def _is_head(line: Sequence[str]) -> bool:
    return line[0].strip().lower() in {"account address", "#domain", "#uri", "list name"}


def _row(kind: Kind, cells: dict[str, str]) -> TransferRow | None:
    if kind == Kind.DOMAIN_BLOCKS:
        return {"domain": cells["#domain"]} if cells.get("#domain") else None
    if kind == Kind.BOOKMARKS:
        return {"uri": cells["#uri"]} if cells.get("#uri") else None
    handle = cells.get("account address", "").removeprefix("@")
    if not handle:
        return None
    row: dict[str, Any] = {"handle": handle}
    if kind == Kind.LISTS:
        return row | {"title": cells["list name"]} if cells.get("list name") else None
    if kind == Kind.MUTES:
        return row | {"hides_notifications": _flag(cells, "hide notifications", default=True)}
    if kind == Kind.FOLLOWS:
        languages = [word.strip() for word in cells.get("languages", "").split(",")]
        row["shows_reblogs"] = _flag(cells, "show boosts", default=True)
        row["notifies"] = _flag(cells, "notify on new posts", default=False)
        row["languages"] = [word for word in languages if word]
    return row


def _flag(cells: dict[str, str], name: str, *, default: bool) -> bool:
    value = cells.get(name, "").lower()
    return value not in {"false", "0", "f", "off"} if value else default


def _read_filters(text: str) -> list[TransferRow]:
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Invalid("The file is not JSON") from error
    filters = document.get("filters") if isinstance(document, dict) else document
    if not isinstance(filters, list):
        raise Invalid("The file holds no filters")
    return [row for found in filters if (row := _read_filter(found)) is not None]


def _read_filter(found: Any) -> TransferRow | None:
    if not isinstance(found, dict) or not isinstance(found.get("title"), str):
        return None
    contexts, keywords = found.get("context"), found.get("keywords")
    known = [c for c in contexts if c in CONTEXTS] if isinstance(contexts, list) else []
    title = clean_text(found["title"][:LONGEST_VALUE]).strip()
    if not title or not known:
        return None
    action = found.get("filter_action")
    words = [
        [clean_text(k["keyword"][:LONGEST_VALUE]), k.get("whole_word") is not False]
        for k in (keywords[:MOST_KEYWORDS] if isinstance(keywords, list) else [])
        if isinstance(k, dict) and isinstance(k.get("keyword"), str) and k["keyword"].strip()
    ]
    return {
        "title": title,
        "contexts": known,
        "action": action if action in ACTIONS else "warn",
        "expires_at": _moment(found.get("expires_at")),
        "keywords": words,
    }


def _moment(value: Any) -> str | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.isoformat() if found is not None and found.tzinfo is not None else None
