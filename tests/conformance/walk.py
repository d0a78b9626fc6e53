"""Calls operations of a running server as an app would, and keeps score."""

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conformance.entities import BASED_ON, COUNTED, ENTITIES
from tests.conformance.shapes import Findings, check_value, short
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.federation.routes import ROUTES as FEDERATION_ROUTES
from watertower.web.routes import ROUTES as WEB_ROUTES

HERE = Path(__file__).parent
FLOOR = HERE / "floor.json"
_PART = re.compile(r":[a-z_]+|\*\w*")


def operations() -> list[tuple[str, str]]:
    """Every live operation: (group, "METHOD path")."""
    with (HERE / "operations.tsv").open(encoding="utf-8") as file:
        return [
            (row["group"], f"{row['method']} {row['path']}")
            for row in csv.DictReader(file, delimiter="\t")
        ]


@dataclass
class Score:
    """What the walk found."""

    operations: list[tuple[str, str]] = field(default_factory=operations)
    passed: set[str] = field(default_factory=set)
    failed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    findings: Findings = field(default_factory=Findings)
    stopped: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    def note(self, operation: str, found: Findings) -> None:
        """Keep what one call showed."""
        assert operation in {name for _, name in self.operations}, operation
        self.findings.add(found)
        if found.problems:
            self.failed[operation] += found.problems
        else:
            self.passed.add(operation)

    @property
    def passing(self) -> list[str]:
        """Operations whose every call was right."""
        return [name for _, name in self.operations if self.state(name) == "pass"]

    @property
    def right(self) -> set[tuple[str, str]]:
        """Attributes that were seen and never wrong."""
        seen = self.findings.right & COUNTED
        for entity, base in BASED_ON.items():
            for name, (_, may_miss) in ENTITIES[entity].items():
                if may_miss and (base, name) in seen:
                    seen.add((entity, name))
        return seen - set(self.findings.wrong)

    def state(self, operation: str) -> str:
        """What the table says of an operation."""
        if operation in self.failed:
            return f"FAIL: {self.failed[operation][0]}"
        if operation in self.passed:
            return "pass"
        return "not checked yet" if is_built(operation) else "not built yet"

    def table(self) -> str:
        """Every operation with its state, what is wrong with attributes, and the last line."""
        lines, group = [], ""
        for name, operation in self.operations:
            if name != group:
                group = name
                lines.append(f"\n{group}")
            lines.append(f"  {operation:<72} {self.state(operation)}")
        lines.append("\nattributes that are wrong")
        lines += [f"  {e}.{a}: {why}" for (e, a), why in sorted(self.findings.wrong.items())]
        unseen: dict[str, list[str]] = defaultdict(list)
        for entity, attribute in sorted(COUNTED - self.right - set(self.findings.wrong)):
            unseen[entity].append(attribute)
        lines.append("\nattributes that no answer showed")
        lines += [f"  {entity}: {', '.join(names)}" for entity, names in unseen.items()]
        lines += [f"  more than the table: {e}.{a}" for e, a in sorted(self.findings.unknown)]
        lines += [f"\nstopped early: {why}" for why in self.stopped]
        lines.append("")
        lines.append(
            f"conformance: {len(self.passing)} of {len(self.operations)} live operations pass, "
            f"{len(self.right)} of {len(COUNTED)} attributes right"
        )
        return "\n".join(lines)

    def answers(self) -> str:
        """answers.tsv: what operations of the client API answer, by the names of our routes."""
        known: dict[str, str] = {}
        for operation, kind in self.kinds.items():
            methods, _, path = operation.partition(" ")
            for method in methods.split("|"):
                known[f"{method} {_PART.sub(':', path)}"] = kind
        found = {
            f"{row.method} {row.path}": known[place]
            for row in API_ROUTES
            if (place := f"{row.method} {_PART.sub(':', row.path)}") in known
        }
        return "".join(f"{operation}\t{kind}\n" for operation, kind in sorted(found.items()))

    def is_above_floor(self) -> bool:
        """Whether no number fell below what was reached before."""
        floor = json.loads(FLOOR.read_text())
        return len(self.passing) >= floor["operations"] and len(self.right) >= floor["attributes"]


def is_built(operation: str) -> bool:
    """Whether a route of ours has this method and path."""
    method, _, path = operation.partition(" ")
    path = path.split(" ")[0].split("?")[0].split("[")[0]
    rows = [*API_ROUTES, *FEDERATION_ROUTES, *WEB_ROUTES]
    return (method, _PART.sub(":", path)) in {(r.method, _PART.sub(":", r.path)) for r in rows}


class Walker:
    """Calls operations in the name of several people."""

    def __init__(self, client: Any, score: Score) -> None:
        self.client = client
        self.score = score
        self.tokens: dict[str, str] = {}

    async def check(
        self,
        operation: str,
        path: str = "",
        kind: str | None = None,
        *,
        by: str | None = "alice",
        status: int = 200,
        some: bool = True,
        **options: Any,
    ) -> Any:
        """Call an operation and compare: the status, and the body with a type of the table.

        A list must not be empty unless `some` is false: an empty one proves nothing.
        """
        method, _, pattern = operation.partition(" ")
        if kind is not None and status == 200:
            self.score.kinds.setdefault(operation, kind)
        client = self.client.signed_in(self.tokens[by]) if by else self.client
        answer = await client.call(method.split("|")[0], path or pattern, **options)
        found = Findings()
        if answer.status != status:
            found.problems.append(
                f"{answer.status}, not {status}: {answer.body[:160].decode(errors='replace')}"
            )
        elif kind is not None:
            found = check_body(answer.body, kind)
            if some and kind.startswith("[") and answer.body == b"[]":
                found.problems.append("an empty list")
        self.score.note(operation, found)
        return json.loads(answer.body) if is_json(answer) else answer

    async def look(self, path: str, kind: str, *, by: str | None = "alice") -> Any:
        """Read with an operation that Mastodon deprecates, for the entity that only it shows."""
        client = self.client.signed_in(self.tokens[by]) if by else self.client
        answer = await client.get(path)
        self.score.findings.add(check_body(answer.body, kind))
        return answer.json

    def tell(self, operation: str, *problems: str) -> None:
        """Keep what was found out about an operation in another way."""
        self.score.note(operation, Findings(problems=[p for p in problems if p]))


def is_json(answer: Any) -> bool:
    """Whether the body can be read as JSON."""
    try:
        json.loads(answer.body)
    except ValueError:
        return False
    return True


def check_body(body: bytes, kind: str) -> Findings:
    """Compare a body with a type."""
    try:
        value = json.loads(body)
    except ValueError:
        return Findings(problems=[f"no JSON: {short(body[:80])}"])
    if kind == "{}":
        return Findings() if value == {} else Findings(problems=[f"{short(value)} is not {{}}"])
    if kind == "[]":
        return Findings() if value == [] else Findings(problems=[f"{short(value)} is not []"])
    return check_value(value, kind, kind.strip("[]"))
