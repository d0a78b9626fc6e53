"""Facts that rooms announce, and their path to what follows from them.

An event carries ids only. Recording one writes a job for each of its reactions into the same
transaction (promise 1): once the caller has its answer, the follow-up cannot be lost. Each
reaction is a job of its own, so it runs in a worker, may run twice, and fails alone.

Which reactions an event has is listed on one page, watertower/reactions.py, and handed to the
context when a process starts: the ground floor does not know the rooms above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.base.queue.job import Job


@dataclass(frozen=True)
class Event:
    """The base of every event."""

    def ids(self) -> dict[str, Any]:
        """The event's fields, as the arguments of its reactions."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


Reactions = Mapping[type[Event], Sequence[Job]]


async def record(tx: Transaction, event: Event) -> None:
    """Announce a fact; it becomes true when the transaction commits."""
    for reaction in tx.reactions.get(type(event), ()):
        tx.enqueue(reaction.queued(**event.ids()))
