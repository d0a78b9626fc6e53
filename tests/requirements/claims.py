"""Tables of what is claimed and what proves it: one line a claim, tests by node id, or a reason.

Both the requirements of the desk (coverage.py) and the holes that others had (holes.py) are such
tables. A line is `ID<TAB>state<TAB>tests or reason`; each table names its states.
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
NOT_YET = "not yet"


@dataclass(frozen=True)
class Claim:
    """What is said of a row: that tests prove it (node ids), or why they do not."""

    id: str
    state: str
    tests: tuple[str, ...]
    reason: str
    file: str

    def shown(self) -> str:
        """As it stands in a cell of a table."""
        if self.tests:
            return "<br>".join(f"`{test}`" for test in self.tests)
        return f"{self.state}: {self.reason}".replace("|", "/")


def read_claims(files: Iterable[Path], *, proven: str, others: Sequence[str]) -> list[Claim]:
    """All lines of the files. Raises ValueError for a line of another state."""
    found = []
    for file in files:
        for line in file.read_text().splitlines():
            if line.strip() and not line.startswith(("# ", "id\t", "ID\t")):
                found.append(_claim(line, file.name, proven, others))
    return found


def _claim(line: str, file: str, proven: str, others: Sequence[str]) -> Claim:
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) != 3 or parts[1] not in {proven, *others}:
        raise ValueError(f"{file}: not one of {[proven, *others]}: {line!r}")
    if parts[1] == proven:
        return Claim(parts[0], proven, tuple(parts[2].replace(",", " ").split()), "", file)
    return Claim(parts[0], parts[1], (), parts[2], file)


def missing_tests(claims: Iterable[Claim], *, proven: str) -> list[str]:
    """Claims of proof whose test is not there, or that name none."""
    return [
        f"{claim.file}: {claim.id}: {test}"
        for claim in claims
        if claim.state == proven
        for test in claim.tests or ("no test",)
        if not exists(test)
    ]


def exists(node: str) -> bool:
    """Whether a test of this node id stands in its file; parameters are not looked at."""
    file, _, name = node.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    function = name.partition("[")[0].rpartition("::")[2]
    if not function:
        return True
    return any(
        isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name == function
        for one in ast.walk(ast.parse(path.read_text()))
    )


def run_tests(claims: Iterable[Claim]) -> tuple[int, list[str]]:
    """Run every test that is named, once; pytest's exit code, and the names of those that failed."""
    tests = sorted({test for claim in claims for test in claim.tests})
    if not tests:
        return 0, []
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2",
                   "--dist", "loadgroup", f"--junit-xml={report}", *tests]  # fmt: skip
        status = subprocess.run(command, check=False).returncode
        return status, failures(report) if report.exists() else []


def failures(report: Path) -> list[str]:
    """Names of tests that failed, of a JUnit report that we wrote ourselves."""
    cases = ET.parse(report).iter("testcase")
    return [
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]
