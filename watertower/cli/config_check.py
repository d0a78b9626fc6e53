"""`watertower config check`: what the server would run with."""

import json
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from watertower.base.read_settings import read_settings, variable_name
from watertower.base.settings import Settings, sections

_SECRET_WORDS = ("secret", "password", "access_key", "token")


def config_check() -> None:
    """Check the settings and print those in effect, without secrets.

    An unknown or misspelt name, a wrong type or a contradiction ends with exit code 1.
    """
    print("\n".join(effective_lines(read_settings())))


def effective_lines(settings: Settings) -> list[str]:
    """One line for each setting; a star marks those that differ from their default."""
    lines = []
    for section, cls in sections().items():
        lines.append(f"[{section}]")
        values = getattr(settings, section)
        for f in fields(cls):
            value = getattr(values, f.name)
            mark = " " if value == f.default else "*"
            shown = shown_value(f.name, value)
            lines.append(f"{mark} {f.name} = {shown}  # {variable_name(section, f.name)}")
        lines.append("")
    return lines[:-1]


def shown_value(name: str, value: Any) -> str:
    """The value as TOML would have it, with every secret hidden."""
    if value is None:
        return "(unset)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if text and any(word in name for word in _SECRET_WORDS):
        return '"(hidden)"'
    return json.dumps(_without_password(text), ensure_ascii=False)


def _without_password(text: str) -> str:
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        return "(hidden: not an address)"
    place = parts.netloc
    if "@" in place and ":" in place.rpartition("@")[0]:
        login, _, host = place.rpartition("@")
        place = f"{login.split(':', 1)[0]}:(hidden)@{host}"
    query = "&".join(
        f"{pair.partition('=')[0]}=(hidden)" if "password" in pair.partition("=")[0] else pair
        for pair in parts.query.split("&")
    )
    # Put together by hand: urlunsplit drops the slashes of an address without a host.
    shown = f"{parts.scheme}://{place}{parts.path}"
    return f"{shown}?{query}" if query else shown
