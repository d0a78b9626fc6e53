"""The streams that apps can open: their names, what they need, how an app asks for one."""

from collections.abc import Mapping
from dataclasses import dataclass

from watertower.api.gate import allowed_scopes
from watertower.api.request import id_of
from watertower.base.text.clean import clean_text
from watertower.base.text.tags import tag_name

STATUSES = allowed_scopes("read:statuses")
NOTIFICATIONS = allowed_scopes("read:notifications")

SCOPES: Mapping[str, frozenset[str]] = {
    "user": STATUSES,
    "user:notification": NOTIFICATIONS,
    "public": STATUSES,
    "public:media": STATUSES,
    "public:local": STATUSES,
    "public:local:media": STATUSES,
    "public:remote": STATUSES,
    "public:remote:media": STATUSES,
    "hashtag": STATUSES,
    "hashtag:local": STATUSES,
    "list": STATUSES,
    "direct": STATUSES,
}
# What comes after /api/v1/streaming in the address of an event stream.
PATHS: Mapping[str, str] = {
    "/user": "user",
    "/user/notification": "user:notification",
    "/public": "public",
    "/public/local": "public:local",
    "/public/remote": "public:remote",
    "/hashtag": "hashtag",
    "/hashtag/local": "hashtag:local",
    "/list": "list",
    "/direct": "direct",
}


class StreamRefused(Exception):  # noqa: N818  # the house says what happened
    """A stream cannot be opened. `status` is the HTTP status that says so."""

    def __init__(self, says: str, status: int) -> None:
        super().__init__(says)
        self.says = says
        self.status = status


@dataclass(frozen=True)
class Stream:
    """A stream by name; `about` is the normalised name of a tag or the id of a list."""

    name: str
    about: str = ""


USER = Stream("user")
USER_NOTIFICATION = Stream("user:notification")
DIRECT = Stream("direct")


@dataclass(frozen=True)
class Wish:
    """A stream that an app asked for, and what messages call it: name, then tag or list."""

    stream: Stream
    shown: tuple[str, ...]


def wish_of(name: object, tag: object, list_id: object, scopes: frozenset[str]) -> Wish:
    """What an app asks for. Raises StreamRefused in Mastodon's words.

    Whether a list belongs to the viewer is asked elsewhere.
    """
    needed = SCOPES.get(name) if isinstance(name, str) else None
    if not isinstance(name, str) or needed is None:
        raise StreamRefused("Unknown channel requested", 400)
    if not scopes & needed:
        raise StreamRefused("Access token does not have the required scopes", 401)
    if name in {"hashtag", "hashtag:local"}:
        shown = clean_text(tag)[:200] if isinstance(tag, str) else ""
        if not tag_name(shown):
            raise StreamRefused("Missing tag name parameter", 400)
        return Wish(Stream(name, tag_name(shown)), (name, shown))
    if name == "list":
        number = id_of(list_id)
        if list_id is None or list_id == "":
            raise StreamRefused("Missing list name parameter", 400)
        if number is None:
            raise StreamRefused("Not authorized to stream this list", 401)
        return Wish(Stream(name, str(number)), (name, str(number)))
    return Wish(Stream(name), (name,))


def name_of_path(path: str, *, only_media: bool) -> str | None:
    """The stream that an address below /api/v1/streaming stands for; None if there is none."""
    name = PATHS.get(path.rstrip("/"))
    if name is not None and only_media and name.startswith("public"):
        name += ":media"
    return name
