"""What a member may say about itself: the limits, and the pure rules. Source: Mastodon 4.6."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_line, clean_text
from watertower.base.text.count import length_of
from watertower.base.text.fields import field_html

LONGEST_DISPLAY_NAME = 40  # characters
LONGEST_NOTE = 500  # characters as apps count them: a link counts 23
LONGEST_NOTE_TEXT = 10_000  # characters as stored, whatever they count
MOST_FIELDS = 4
LONGEST_FIELD = 255  # characters, of a field's name and of its value
LONGEST_PICTURE_DESCRIPTION = 1500  # characters
MOST_ATTRIBUTION_DOMAINS = 10


@dataclass(frozen=True)
class ProfileChange:
    """What a member wants to be different. None leaves a thing as it is.

    `picture_keys` are stored already: (key, key of the still picture), or (None, None) to
    remove; absent kinds stay.
    """

    display_name: str | None = None
    note: str | None = None
    fields: Sequence[tuple[str, str]] | None = None  # name, value
    is_locked: bool | None = None
    is_bot: bool | None = None
    is_discoverable: bool | None = None
    is_indexable: bool | None = None
    hides_collections: bool | None = None
    shows_media: bool | None = None
    shows_media_replies: bool | None = None
    shows_featured: bool | None = None
    attribution_domains: Sequence[str] | None = None
    avatar_description: str | None = None
    header_description: str | None = None
    preferences: Mapping[str, Any] = field(default_factory=dict)  # by the names in model.py


def require_good_profile(change: ProfileChange) -> None:
    """Raise Invalid, in Mastodon's words, for what is too long or makes no sense."""
    problems: dict[str, list[tuple[str, str]]] = {}

    def too_long(name: str, most: int) -> None:
        problems[name] = [("ERR_TOO_LONG", f"is too long (maximum is {most} characters)")]

    if len(change.display_name or "") > LONGEST_DISPLAY_NAME:
        too_long("display_name", LONGEST_DISPLAY_NAME)
    note = change.note or ""
    if len(note) > LONGEST_NOTE_TEXT or length_of(note) > LONGEST_NOTE:
        too_long("note", LONGEST_NOTE)
    for name in ("avatar_description", "header_description"):
        if len(getattr(change, name) or "") > LONGEST_PICTURE_DESCRIPTION:
            too_long(name, LONGEST_PICTURE_DESCRIPTION)
    if len(change.fields or ()) > MOST_FIELDS:
        problems["fields"] = [("ERR_TOO_MANY", f"are too many (maximum is {MOST_FIELDS})")]
    for name, value in change.fields or ():
        if len(name) > LONGEST_FIELD or len(value) > LONGEST_FIELD:
            too_long("fields", LONGEST_FIELD)
        if not name:
            problems["fields"] = [("ERR_BLANK", "must have a name")]
    if len(change.attribution_domains or ()) > MOST_ATTRIBUTION_DOMAINS:
        says = f"are too many (maximum is {MOST_ATTRIBUTION_DOMAINS})"
        problems["attribution_domains"] = [("ERR_TOO_MANY", says)]
    if problems:
        says = ", ".join(
            f"{name.replace('_', ' ').capitalize()} {text}"
            for name, found in problems.items()
            for _, text in found
        )
        raise Invalid(f"Validation failed: {says}", details=problems)


def clean_fields(fields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names and values on one line each; pairs that are blank altogether are left out."""
    cleaned = [(clean_line(name, 2 * LONGEST_FIELD), _one_line(value)) for name, value in fields]
    return [(name, value) for name, value in cleaned if name or value]


def _one_line(value: str) -> str:
    return " ".join(clean_text(value[: 4 * LONGEST_FIELD]).split())


def fields_of(
    fields: Sequence[tuple[str, str]], *, before: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Fields as they are kept. A link that was verified stays so while it stays the same.

    What staff put there stays in front, and once, whatever an app sends back.
    """
    verified = {old.get("value"): old.get("verified_at") for old in before}
    marks = [dict(old) for old in before if old.get("mark")]
    marked = {mark["value"] for mark in marks}
    return marks + [
        {
            "name": name,
            "value": value,
            "html": field_html(value),
            "verified_at": verified.get(value) if is_link(value) else None,
        }
        for name, value in fields
        if value not in marked
    ]


def is_link(value: str) -> bool:
    """Whether a field's value is one link, which may prove whose page it leads to."""
    return field_html(value).startswith("<a ")
