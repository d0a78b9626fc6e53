"""`make requirements`: writes the page, runs every named test, counts what is proven."""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.requirements.coverage import PAGE, is_proven, page, read_asked, read_claims, together


def main() -> int:
    """0 if every claim of proof holds."""
    PAGE.write_text(page())
    asked = read_asked()
    claims = together(asked, read_claims())
    tests = sorted({test for found in claims.values() for claim in found for test in claim.tests})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2",
                   "--dist", "loadgroup", f"--junit-xml={report}", *tests]  # fmt: skip
        status = subprocess.run(command, check=False).returncode if tests else 0
        failed = failures(report) if report.exists() else []
    for one in asked:
        if not is_proven(claims[one.id]):
            reasons = [claim.reason for claim in claims[one.id] if claim.reason]
            print(f"{one.id}  {'; '.join(reasons) or 'nobody has begun'}")
    proven = sum(is_proven(found) for found in claims.values())
    for name in failed:
        print(f"failing: {name}")
    print(f"requirements: {proven} of {len(asked)} rows proven")
    return status


def failures(report: Path) -> list[str]:
    """Names of tests that failed, of a JUnit report that we wrote ourselves."""
    cases = ET.parse(report).iter("testcase")
    return [
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]


if __name__ == "__main__":
    sys.exit(main())
