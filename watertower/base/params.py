"""Parameters of a request, however they were sent: query, form, multipart or JSON.

Names nest as apps send them: `poll[options][]=a`, `source[privacy]=private`,
`fields_attributes[0][name]=x`. The result is one nested dict of strings, lists, dicts and,
from JSON, numbers, booleans and None. Files are Upload objects.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from watertower.base.errors import Invalid, TooLarge

MAX_DEPTH = 8
MAX_PARAMETERS = 1000
Params = dict[str, Any]


@dataclass
class Upload:
    """A file that came with a request, spooled to disk."""

    filename: str
    content_type: str
    path: Path
    size: int


def parse_query(raw: bytes) -> Params:
    """Parameters of a query string or an urlencoded body."""
    if not raw:
        return {}
    pairs = raw.split(b"&", MAX_PARAMETERS)
    if len(pairs) > MAX_PARAMETERS:
        raise Invalid("Too many parameters")
    return nest(_decoded(pairs))


def _decoded(pairs: list[bytes]) -> Iterable[tuple[str, str]]:
    for pair in pairs:
        if pair:
            name, _, value = pair.decode("latin-1").partition("=")
            yield unquote_plus(name, errors="replace"), unquote_plus(value, errors="replace")


def parse_json(raw: bytes) -> Params:
    """Parameters of a JSON body, which must be an object (or nothing)."""
    if not raw.strip():
        return {}
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("The request body is not valid JSON") from error
    if not isinstance(value, dict):
        raise Invalid("The request body must be a JSON object")
    _require_shallow(value, 0)
    return value


def _require_shallow(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Invalid("The request body is nested too deeply")
    if isinstance(value, dict):
        for inner in value.values():
            _require_shallow(inner, depth + 1)
    elif isinstance(value, list):
        if len(value) > MAX_PARAMETERS:
            raise TooLarge("A list in the request body is too long")
        for inner in value:
            _require_shallow(inner, depth + 1)


def nest(pairs: Iterable[tuple[str, Any]]) -> Params:
    """Pairs of bracketed names and values as one nested dict."""
    params: Params = {}
    for name, value in pairs:
        if "[" not in name:
            params[name] = value
        else:
            _put(params, _split(name), value)
    return params


def _split(name: str) -> list[str]:
    head, _, rest = name.partition("[")
    keys = [head, *rest.rstrip("]").split("][")] if rest.endswith("]") else [name]
    if len(keys) > MAX_DEPTH:
        raise Invalid("A parameter name is nested too deeply")
    return keys


def _put(params: Params, keys: list[str], value: Any) -> None:
    """Follow the keys; "" is the end of a list. A name used in two ways keeps the later use."""
    here: Any = params
    for index, key in enumerate(keys[:-1]):
        after = keys[index + 1]
        if isinstance(here, list):
            # `a[][b]=1`: a new element begins when its key was seen in the last one.
            if not here or not isinstance(here[-1], dict) or after in here[-1]:
                here.append({})
            here = here[-1]
            continue
        wanted: type = list if after == "" else dict
        inner = here.get(key)
        if not isinstance(inner, wanted):
            inner = here[key] = wanted()
        here = inner
    if isinstance(here, list):
        if keys[-1] == "":
            here.append(value)
    elif keys[-1] != "":
        here[keys[-1]] = value
