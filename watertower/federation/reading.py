"""Reading documents of others with patience: what may be one or many, an id or an object.

Every program writes the same thing in its own way. These readers give one shape, and None or
nothing for what makes no sense; none of them raises. Texts come without NUL and lone
surrogates, ids only as http(s) addresses.
"""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from yarl import URL

from watertower.base.text.clean import clean_line, clean_text
from watertower.federation.model import Document

URI_LIMIT_CHARACTERS = 2048
LIST_LIMIT = 1000
_NOT_IN_URIS = re.compile(r"[\x00-\x20\x7f\\<>\"]")


def as_list(value: Any) -> list[Any]:
    """None is nothing, a list is itself, anything else is one; at most 1000 are looked at."""
    if value is None:
        return []
    return value[:LIST_LIMIT] if isinstance(value, list) else [value]


def first(value: Any) -> Any:
    """The first of one or many; None of nothing."""
    found = as_list(value)
    return found[0] if found else None


def uri_of(value: Any) -> str | None:
    """An http(s) address of sane length, or None."""
    if not isinstance(value, str) or len(value) > URI_LIMIT_CHARACTERS:
        return None
    value = value.strip()
    if not value.startswith(("https://", "http://")) or _NOT_IN_URIS.search(value):
        return None
    return value if host_of(value) is not None else None


def id_of(value: Any) -> str | None:
    """The id of what is given as an id, as an object with an id, or as the first of several."""
    one = first(value)
    if isinstance(one, dict):
        one = one.get("id")
    return uri_of(one)


def ids_of(value: Any) -> list[str]:
    """The ids of one or many, each once, in order."""
    found = (id_of(one) for one in as_list(value))
    return list(dict.fromkeys(uri for uri in found if uri is not None))


def words_of(value: Any) -> list[str]:
    """The strings of one or many, and the ids of objects among them: an audience."""
    found = (one.get("id") if isinstance(one, dict) else one for one in as_list(value))
    return [one for one in found if isinstance(one, str) and len(one) <= URI_LIMIT_CHARACTERS]


def object_of(value: Any) -> dict[str, Any] | None:
    """The object that is embedded here, or None when there is only an id."""
    one = first(value)
    return one if isinstance(one, dict) else None


def objects_of(value: Any) -> list[dict[str, Any]]:
    """The objects among one or many."""
    return [one for one in as_list(value) if isinstance(one, dict)]


def types_of(document: Document) -> list[str]:
    """The types, without a prefix such as `as:`. What cannot be printed is none."""
    found = [
        one for one in as_list(document.get("type")) if isinstance(one, str) and one.isprintable()
    ]
    return [one.removeprefix("as:") for one in found]


def kind_of(document: Document, known: Collection[str]) -> str | None:
    """The first type that is known, or None."""
    return next((one for one in types_of(document) if one in known), None)


def text_of(value: Any, limit: int = 100_000) -> str:
    """A text of several lines, cleaned and cut; '' if it is none."""
    one = first(value)
    return clean_text(one[:limit]) if isinstance(one, str) else ""


def line_of(value: Any, limit: int = 2048) -> str:
    """A text of one line, cleaned and cut; '' if it is none."""
    one = first(value)
    return clean_line(one[: limit * 4], limit) if isinstance(one, str) else ""


def mapped_text(document: Document, name: str, limit: int = 100_000) -> tuple[str, str | None]:
    """A text and its language: from `name`, else from the first entry of `nameMap`."""
    languages = document.get(f"{name}Map")
    language = None
    mapped = ""
    if isinstance(languages, dict):
        for key, value in languages.items():
            if isinstance(key, str) and isinstance(value, str):
                language, mapped = key, value
                break
    return text_of(document.get(name) or mapped, limit), language


def flag_of(value: Any) -> bool | None:
    """True or False as such, or as words; None for anything else."""
    one = first(value)
    if isinstance(one, bool):
        return one
    return {"true": True, "false": False}.get(one.lower()) if isinstance(one, str) else None


def number_of(value: Any) -> int | None:
    """A whole number that is not negative and fits a column, or None."""
    one = first(value)
    if isinstance(one, bool) or not isinstance(one, int | float) or one != one:  # noqa: PLR0124  # NaN
        return None
    return int(one) if 0 <= one <= 2**31 - 1 else None


def moment_of(value: Any) -> datetime | None:
    """A moment as RFC 3339 has it, with `Z`, `+00:00` or `+0000`; None if it is none."""
    one = first(value)
    if not isinstance(one, str) or len(one) > 40:
        return None
    try:
        found = datetime.fromisoformat(one.strip().replace("Z", "+00:00").replace("z", "+00:00"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def host_of(uri: str) -> str | None:
    """Host of an address as it is compared: lower case, punycode, with an unusual port only."""
    try:
        parts = urlsplit(uri)
        if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not parts.hostname:
            return None
        host = parts.hostname.rstrip(".")
        if not host.isascii():
            host = URL(f"https://{host}").raw_host or ""
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    usual = 443 if parts.scheme == "https" else 80
    shown = f"[{host}]" if ":" in host else host
    if not host:
        return None
    return shown.lower() if port in {None, usual} else f"{shown.lower()}:{port}"


def same_host(one: str | None, other: str | None) -> bool:
    """Whether both are addresses on the same host."""
    if one is None or other is None:
        return False
    host = host_of(one)
    return host is not None and host == host_of(other)


def address_of(value: Any) -> str | None:
    """Where a Link, an object with `url` or `href`, a string or the best of several leads.

    Of several, the first that is a page (`text/html`) or says no type.
    """
    for one in as_list(value):
        if isinstance(one, str) and (found := uri_of(one)):
            return found
        if isinstance(one, dict):
            kind = one.get("mediaType") or "text/html"
            found = uri_of(one.get("href")) or address_of(one.get("url"))
            if found and (kind == "text/html" or one.get("type") != "Link"):
                return found
    for one in objects_of(value):
        if found := uri_of(one.get("href")):
            return found
    return None
