"""Compares answers with the entity table, and remembers which attributes were seen right."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.conformance.entities import ALSO, ENTITIES

ID = re.compile(r"^-?\d{1,19}$")
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
URL = re.compile(r"^https?://[^\s/]+\S*$")

BASE = {
    "id": lambda v: isinstance(v, str) and bool(ID.match(v)),
    "text": lambda v: isinstance(v, str),
    "html": lambda v: isinstance(v, str) and "<script" not in v,
    "url": lambda v: isinstance(v, str) and bool(URL.match(v)),
    "uri": lambda v: isinstance(v, str) and ":" in v,
    "time": lambda v: isinstance(v, str) and bool(TIME.match(v)) and is_moment(v),
    "date": lambda v: isinstance(v, str) and is_day(v),
    "int": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "float": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "bool": lambda v: isinstance(v, bool),
    "object": lambda v: isinstance(v, dict),
    "any": lambda v: True,
}


@dataclass
class Findings:
    """What answers taught: attributes that were right, and what was wrong with others."""

    right: set[tuple[str, str]] = field(default_factory=set)
    wrong: dict[tuple[str, str], str] = field(default_factory=dict)
    unknown: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Take over what another look found."""
        self.right |= other.right
        self.wrong |= other.wrong
        self.unknown |= other.unknown
        self.problems += other.problems


def check_value(value: Any, kind: str, where: str) -> Findings:
    """Compare a value with a type of the table."""
    if kind.endswith("?"):
        return Findings() if value is None else check_value(value, kind[:-1], where)
    if kind.startswith("[") and kind.endswith("]") and kind.count("[") == 1:
        return check_list(value, kind[1:-1], where)
    alternatives = kind.split("|")
    if len(alternatives) == 1:
        return check_one(value, kind, where)
    tried = [check_one(value, one, where) for one in alternatives]
    for found in tried:
        if not found.problems:
            return found
    if kind.startswith("'"):
        return Findings(problems=[f"{where}: {value!r} is none of {kind}"])
    return tried[0]


def check_list(value: Any, kind: str, where: str) -> Findings:
    """Compare each item of a list."""
    found = Findings()
    if not isinstance(value, list):
        found.problems.append(f"{where}: {short(value)} is no list")
        return found
    for number, item in enumerate(value):
        found.add(check_value(item, kind, f"{where}[{number}]"))
    return found


def check_one(value: Any, kind: str, where: str) -> Findings:
    """Compare with a word, a base type or an entity."""
    if kind.startswith("'"):
        is_right = value == kind.strip("'")
        return Findings() if is_right else Findings(problems=[f"{where}: {value!r}, not {kind}"])
    if kind in BASE:
        is_right = BASE[kind](value)
        return (
            Findings() if is_right else Findings(problems=[f"{where}: {short(value)} is no {kind}"])
        )
    return check_entity(value, kind, where)


def check_entity(value: Any, entity: str, where: str) -> Findings:
    """Compare an object with every attribute of an entity."""
    found = Findings()
    if not isinstance(value, dict):
        found.problems.append(f"{where}: {short(value)} is no {entity}")
        return found
    for name, (kind, may_miss) in ENTITIES[entity].items():
        key = (entity, name)
        if name not in value:
            if not may_miss:
                found.wrong[key] = f"{where}.{name} is missing"
                found.problems.append(found.wrong[key])
            continue
        inner = check_value(value[name], kind, f"{where}.{name}")
        found.add(inner)
        own = [p for p in inner.problems if is_about(p, f"{where}.{name}")]
        if own:
            found.wrong[key] = own[0]
        else:
            found.right.add(key)
    for name in value.keys() - ENTITIES[entity].keys():
        if not entity.startswith("_") and name != "_":
            found.unknown[(entity, name)] = where
    if entity in ALSO:
        also = check_entity(value, ALSO[entity], where)
        found.right |= also.right
    return found


def is_about(problem: str, where: str) -> bool:
    """Whether a problem is this attribute's own and not that of an entity inside it."""
    place = problem.split(": ", 1)[0].removesuffix(" is missing")
    return re.sub(r"\[\d+\]$", "", place) == where


def is_moment(value: str) -> bool:
    """Whether it is a date that the calendar has."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_day(value: str) -> bool:
    """Whether it is a day without a time."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2026-01-01")


def short(value: Any) -> str:
    """A value as it can be shown in a table."""
    text = repr(value)
    return text if len(text) < 60 else text[:57] + "…"


def by_entity(right: set[tuple[str, str]]) -> dict[str, int]:
    """How many attributes of each entity were right."""
    counts: dict[str, int] = defaultdict(int)
    for entity, _ in right:
        counts[entity] += 1
    return dict(counts)
