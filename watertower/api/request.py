"""A request to the client API: who asks, and parameters read with care.

Each reader says what is wrong in the API's own shape (422), so that no handler ever meets a
value of the wrong kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.errors import Invalid, NotFound
from watertower.base.ids import MAX_ID
from watertower.base.paging import Page
from watertower.base.params import Params, Upload
from watertower.base.text.clean import clean_text

TRUE = frozenset({"true", "1", "t", "on", "yes"})
FALSE = frozenset({"false", "0", "f", "off", "no", ""})
FIRST_YEAR, LAST_YEAR = 1900, 2999
MAX_TEXT = 100_000  # characters; each field has its own, smaller limit


@dataclass
class ApiRequest:
    """What a handler is given."""

    ctx: Context
    viewer: Viewer | None
    method: str
    path: str
    params: Params  # query and body
    path_params: dict[str, str]
    headers: dict[str, str]
    ip: str
    query_string: bytes = b""
    uploads: list[Upload] = field(default_factory=list)

    @property
    def me(self) -> Viewer:
        """The viewer of a route that needs a signed-in member; the gate has made sure."""
        assert self.viewer is not None  # noqa: S101  # the route table says so
        return self.viewer

    @property
    def my_account_id(self) -> int:
        """The viewer's account, on a route that needs a signed-in member."""
        account_id = self.me.account_id
        assert account_id is not None  # noqa: S101  # the route table says so
        return account_id

    def path_id(self, name: str = "id") -> int:
        """An id in the path. What cannot be an id does not exist: NotFound."""
        number = id_of(self.path_params[name])
        if number is None:
            raise NotFound
        return number

    def text(self, name: str, *, limit: int = MAX_TEXT) -> str | None:
        """A text without NUL and lone surrogates; None if absent. Numbers are read as text."""
        value = self.params.get(name)
        if value is None:
            return None
        if isinstance(value, bool):
            value = "true" if value else "false"
        if isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str):
            raise invalid(name, "must be a text")
        if len(value) > limit:
            raise invalid(name, f"is too long (maximum is {limit} characters)", "ERR_TOO_LONG")
        return clean_text(value)

    def required_text(self, name: str, *, limit: int = MAX_TEXT) -> str:
        """A text that must be there and not blank."""
        value = self.text(name, limit=limit)
        if value is None or not value.strip():
            raise invalid(name, "can't be blank", "ERR_BLANK")
        return value

    def flag(self, name: str, default: bool | None = None) -> bool | None:
        """A boolean in any of the spellings apps use."""
        value = self.params.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower() if isinstance(value, str | int) else None
        if word in TRUE:
            return True
        if word in FALSE:
            return default if word == "" else False
        raise invalid(name, "must be true or false")

    def is_on(self, name: str) -> bool:
        """A boolean, False if absent."""
        return bool(self.flag(name, False))

    def number(
        self, name: str, default: int | None = None, *, least: int = 0, most: int = MAX_ID
    ) -> int | None:
        """A whole number within bounds."""
        value = self.params.get(name)
        if value is None or value == "":
            return default
        number = id_of(value, least=-MAX_ID)
        if number is None:
            raise invalid(name, "is not a number")
        if not least <= number <= most:
            raise invalid(name, f"must be between {least} and {most}", "ERR_INVALID")
        return number

    def id(self, name: str) -> int | None:
        """An id parameter; None if absent. What cannot be an id does not exist: NotFound."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        number = id_of(value)
        if number is None:
            raise NotFound
        return number

    def list_of(self, name: str, *, most: int = 200) -> list[Any]:
        """A list; a single value counts as a list of one, {"0": …} as its values."""
        value = self.params.get(name)
        if value is None or value == "":
            return []
        if isinstance(value, dict):
            value = list(value.values())
        if not isinstance(value, list):
            value = [value]
        if len(value) > most:
            raise invalid(name, f"has too many items (maximum is {most})")
        return value

    def texts(self, name: str, *, most: int = 200, limit: int = 1000) -> list[str]:
        """A list of texts."""
        found = []
        for value in self.list_of(name, most=most):
            if not isinstance(value, str | int) or isinstance(value, bool):
                raise invalid(name, "must be a list of texts")
            if len(str(value)) > limit:
                raise invalid(name, f"is too long (maximum is {limit} characters)", "ERR_TOO_LONG")
            found.append(clean_text(str(value)))
        return found

    def ids(self, name: str, *, most: int = 200) -> list[int]:
        """A list of ids, without doubles, in order. What cannot be an id is left out."""
        numbers = (id_of(value) for value in self.list_of(name, most=most))
        return list(dict.fromkeys(n for n in numbers if n is not None))

    def group(self, name: str) -> "ApiRequest":
        """The nested parameters below a name, readable in the same way."""
        value = self.params.get(name)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise invalid(name, "must be an object")
        return ApiRequest(
            self.ctx, self.viewer, self.method, self.path, value, {}, self.headers, self.ip
        )

    def moment(self, name: str) -> datetime | None:
        """A point in time in ISO 8601; without a zone it is UTC."""
        value = self.text(name, limit=64)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise invalid(name, "is not a date", "ERR_INVALID") from error
        # With its zone a date at the end of the calendar may lie beyond what a database can hold.
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise invalid(name, "is not a date of our time", "ERR_INVALID")
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def upload(self, name: str) -> Upload | None:
        """A file, or None if absent."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, Upload):
            raise invalid(name, "must be a file")
        return value

    def one_of(self, name: str, allowed: Sequence[str], default: str | None = None) -> str | None:
        """A word out of a list."""
        value = self.text(name, limit=100)
        if not value:
            return default
        if value not in allowed:
            raise invalid(name, f"must be one of {', '.join(allowed)}", "ERR_INCLUSION")
        return value

    def page(self, *, default: int = 20, most: int = 40) -> Page:
        """The page asked for by limit, max_id, since_id and min_id."""
        limit = id_of(self.params.get("limit", default), least=-MAX_ID)
        limit = default if limit is None or limit < 1 else min(limit, most)
        after = max(self._bound("since_id", 0), self._bound("min_id", 0))
        upwards = self.params.get("min_id") not in (None, "")
        return Page(limit, self._bound("max_id", MAX_ID), after, upwards)

    def _bound(self, name: str, default: int) -> int:
        value = self.params.get(name)
        if value is None or value == "":
            return default
        number = id_of(value)
        if number is None:
            raise invalid(name, "is not an id")
        return number


def id_of(value: Any, *, least: int = 0) -> int | None:
    """A value as a 64-bit id, or None if it cannot be one. A float of JSON is no id."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        # ASCII digits only: int() would take other scripts, spaces and underscores.
        digits = value[1:] if value[:1] == "-" else value
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 19:
            return None
        value = int(value)
    if not isinstance(value, int) or not least <= value <= MAX_ID:
        return None
    return value


def invalid(name: str, problem: str, code: str = "ERR_INVALID") -> Invalid:
    """A parameter that makes no sense, as an error in the API's own shape."""
    shown = name.replace("_", " ").capitalize()
    return Invalid(f"Validation failed: {shown} {problem}", details={name: [(code, problem)]})
