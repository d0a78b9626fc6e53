"""The whole client API against the table of its facts; see run.py for the table of the result."""

import os

from tests.conformance.walk import FLOOR, Score, Walker
from tests.conformance.walks import WALKS
from tests.conformance.world import a_world
from watertower.api.openapi.document import ANSWERS

LAST: dict[str, Score] = {}


async def test_no_operation_and_no_attribute_is_lost(empty, client, drain):
    score = LAST["score"] = Score()
    world = await a_world(empty, Walker(client, score), drain)
    for walk in WALKS:
        try:
            await walk(world)
        except Exception as error:  # the score says what could not be walked
            score.stopped.append(f"{walk.__module__}.{walk.__name__}: {error!r}")

    assert score.stopped == []
    if os.environ.get("WRITE_ANSWERS"):
        ANSWERS.write_text(score.answers())
    assert score.answers() == ANSWERS.read_text(), "make conformance WRITE_ANSWERS=1"
    assert score.is_above_floor(), f"below {FLOOR.read_text()}\n{score.table()}"
