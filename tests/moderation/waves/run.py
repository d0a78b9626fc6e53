"""`make wave`: the proof at its whole size."""

import os
import sys
from pathlib import Path

import pytest


def main() -> int:
    """0 if a moderator gets to an empty queue in time."""
    os.environ["WHOLE_WAVE"] = "1"
    return int(
        pytest.main(
            [
                "-q",
                "-s",
                "-p",
                "no:cacheprovider",
                "--timeout",
                "3000",
                str(Path(__file__).with_name("test_proof.py")),
            ]
        )
    )


if __name__ == "__main__":
    sys.exit(main())
