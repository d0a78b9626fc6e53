"""Our own addresses: which ids of ours an address of ours names.

The addresses of accounts and statuses are stored with them and looked up there. This file
only understands the forms that others may know besides the stored one: by number, by name, and
as a page for people.
"""

import re
from dataclasses import dataclass

from watertower.base.ids import MAX_ID
from watertower.base.settings import Settings

INSTANCE_PATH = "/actor"
_ACCOUNT = re.compile(
    r"/(?:ap/users/(?P<id>[0-9]{1,19})|(?:users/|@)(?P<name>[A-Za-z0-9_.-]{1,64}))/?"
)
_STATUS = re.compile(
    r"/(?:ap/users/[0-9]{1,19}/statuses|users/[A-Za-z0-9_.-]{1,64}/statuses|@[A-Za-z0-9_.-]{1,64})"
    r"/(?P<id>[0-9]{1,19})(?:/activity)?/?"
)
_FOLLOW = re.compile(r"#follows/(?P<id>[0-9]{1,19})")


@dataclass(frozen=True)
class OwnName:
    """An account of ours, by number or by name."""

    id: int | None = None
    username: str | None = None


def own_path(settings: Settings, uri: str) -> str | None:
    """The path of an address of ours, without query and fragment; None for all others."""
    for base in (settings.base_url, f"https://{settings.server.domain}"):
        rest = uri.removeprefix(base)
        if rest != uri and (not rest or rest[0] in "/?#"):
            return rest.partition("#")[0].partition("?")[0] or "/"
    return None


def is_own(settings: Settings, uri: str) -> bool:
    """Whether the address is on this server."""
    return own_path(settings, uri) is not None


def own_account(settings: Settings, uri: str) -> OwnName | None:
    """Which account of ours an address names, if it names one."""
    path = own_path(settings, uri)
    found = path and _ACCOUNT.fullmatch(path)
    if not found:
        return None
    if found["name"] is not None:
        return OwnName(username=found["name"])
    number = id_in_path(found["id"])
    return None if number is None else OwnName(id=number)


def own_status_id(settings: Settings, uri: str) -> int | None:
    """Which status of ours an address names, if it names one."""
    path = own_path(settings, uri)
    found = path and _STATUS.fullmatch(path)
    return id_in_path(found["id"]) if found else None


def follow_id_in(uri: str) -> int | None:
    """The number in the id of a Follow that we sent (`<actor>#follows/<number>`)."""
    found = _FOLLOW.search(uri)
    return id_in_path(found["id"]) if found else None


def id_in_path(text: str) -> int | None:
    """A number that can be an id, or None."""
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    number = int(text)
    return number if number <= MAX_ID else None
