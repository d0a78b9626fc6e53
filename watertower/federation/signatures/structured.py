"""Structured field values (RFC 8941), as far as signatures and digests need them.

Dictionaries of items and inner lists, with integers, strings, tokens, byte sequences and
booleans. Stricter than the RFC in one point: a repeated key is an error, because two readers
that disagree on which one counts are how signatures are bypassed.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field

from watertower.federation.signatures.errors import MalformedSignature

KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
BARE = re.compile(
    r'"(?P<string>(?:[ !#-\[\]-~]|\\["\\])*)"'
    r"|:(?P<bytes>[A-Za-z0-9+/=]*):"
    r"|\?(?P<boolean>[01])"
    r"|(?P<integer>-?[0-9]{1,15})(?![0-9.])"
    r"|(?P<token>[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*)"
)
COMMA = re.compile(r"[ \t]*,[ \t]*")
SPACES = re.compile(r" *")
MEMBERS_LIMIT = 64


class Token(str):
    """A word that is written without quotes."""

    __slots__ = ()


Bare = int | str | Token | bytes | bool


@dataclass(frozen=True)
class Item:
    """A value with its parameters, in their order."""

    value: Bare
    parameters: Mapping[str, Bare] = field(default_factory=dict)


@dataclass(frozen=True)
class InnerList:
    """A list in parentheses, with its parameters, in their order."""

    items: tuple[Item, ...]
    parameters: Mapping[str, Bare] = field(default_factory=dict)


def parse_dictionary(text: str) -> dict[str, Item | InnerList]:
    """A dictionary (RFC 8941, 4.2.2). Raises MalformedSignature."""
    reader = Reader(text.strip(" "))
    members: dict[str, Item | InnerList] = {}
    while reader.at < len(reader.text):
        key = reader.take(KEY)[0]
        if key in members or len(members) >= MEMBERS_LIMIT:
            raise MalformedSignature
        members[key] = reader.member() if reader.skip("=") else Item(True, reader.parameters())
        if reader.at < len(reader.text):
            reader.take(COMMA)
            if reader.at == len(reader.text):
                raise MalformedSignature
    return members


class Reader:
    """A place in a text, moving forward."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """What must come next."""
        match = pattern.match(self.text, self.at)
        if match is None:
            raise MalformedSignature
        self.at = match.end()
        return match

    def skip(self, word: str) -> bool:
        """Step over the word if it comes next."""
        is_next = self.text.startswith(word, self.at)
        self.at += len(word) if is_next else 0
        return is_next

    def member(self) -> Item | InnerList:
        """An item or a list in parentheses."""
        if not self.skip("("):
            return self.item()
        items: list[Item] = []
        while True:
            spaces = self.take(SPACES)[0]
            if self.skip(")"):
                return InnerList(tuple(items), self.parameters())
            if (items and not spaces) or len(items) >= MEMBERS_LIMIT:
                raise MalformedSignature
            items.append(self.item())

    def item(self) -> Item:
        """A value with its parameters."""
        return Item(self.bare(), self.parameters())

    def parameters(self) -> dict[str, Bare]:
        """All the `;name=value` that follow."""
        found: dict[str, Bare] = {}
        while self.skip(";"):
            self.take(SPACES)
            key = self.take(KEY)[0]
            if key in found or len(found) >= MEMBERS_LIMIT:
                raise MalformedSignature
            found[key] = self.bare() if self.skip("=") else True
        return found

    def bare(self) -> Bare:
        """A value."""
        match = self.take(BARE)
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if kind == "string":
            return re.sub(r"\\(.)", r"\1", text)
        if kind == "bytes":
            try:
                return b64decode(text, validate=True)
            except NotBase64:
                raise MalformedSignature from None
        if kind == "boolean":
            return text == "1"
        return int(text) if kind == "integer" else Token(text)


def write_bare(value: Bare) -> str:
    """A value as text (RFC 8941, 4.1.3.1)."""
    if isinstance(value, bool):
        return f"?{int(value)}"
    if isinstance(value, bytes):
        return f":{b64encode(value).decode()}:"
    if isinstance(value, (int, Token)):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_parameters(parameters: Mapping[str, Bare]) -> str:
    """Parameters as text; those that are true stand alone."""
    return "".join(
        f";{name}" if value is True else f";{name}={write_bare(value)}"
        for name, value in parameters.items()
    )


def write_inner_list(members: InnerList) -> str:
    """A list in parentheses as text."""
    items = " ".join(
        write_bare(item.value) + write_parameters(item.parameters) for item in members.items
    )
    return f"({items}){write_parameters(members.parameters)}"
