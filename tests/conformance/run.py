"""`make conformance`: walks every operation and prints the table."""

import sys

import pytest

from tests.conformance import test_conformance


def main() -> int:
    """0 if nothing fell below the floor."""
    result = pytest.main(
        ["-q", "-p", "no:cacheprovider", "--no-header", "--tb=short", test_conformance.__file__]
    )
    score = test_conformance.LAST.get("score")
    if score is not None:
        print(score.table())
    return int(result)


if __name__ == "__main__":
    sys.exit(main())
