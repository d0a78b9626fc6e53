"""Reads one task (JSON) from standard input, writes the outcome (JSON) to standard output.

The limits on time, memory and output were set by whoever started us. A refusal is an answer
(`{"refused": …}`); a crash is one too, by its exit status.
"""

import json
import sys

from watertower.media.child.pictures import Unreadable
from watertower.media.child.tasks import TASKS


def main() -> None:
    """Do the task and say how it went."""
    task = json.load(sys.stdin)
    try:
        outcome = TASKS[task.pop("task")](**task)
    except Unreadable as error:
        outcome = {"refused": str(error)}
    except MemoryError:
        outcome = {"refused": "memory"}
    json.dump(outcome, sys.stdout)


main()
