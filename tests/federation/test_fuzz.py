"""Whatever is sent: no 500, no hang, nothing half written. Long runs: python -m tests.federation.fuzz."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.federation.fuzz import Fuzz, anew
from tests.federation.payloads.every import PROGRAMS
from tests.federation.payloads.mutate import mutated
from tests.federation.payloads.world import Elsewhere

EVERYTHING = [(program, case) for program in PROGRAMS for case in program.cases]
OTHERS = [case.activity for _, case in EVERYTHING]
SENT_IN_ONE_WORLD = 4


@st.composite
def wrong_ones(draw):
    """A program's case, and a few activities made wrong."""
    program, case = EVERYTHING[draw(st.integers(0, len(EVERYTHING) - 1))]

    def choose(count):
        return draw(st.integers(0, count - 1))

    wrong = []
    for number in range(SENT_IN_ONE_WORLD):
        start = case if number % 2 == 0 else program.cases[choose(len(program.cases))]
        wrong.append(mutated(anew(start.activity, number), OTHERS, choose))
    return program, case, wrong


@pytest.fixture
async def elsewhere(ctx):
    servers = Elsewhere()
    await servers.start()
    yield servers
    await servers.stop()


async def test_nothing_wrong_is_a_fault_or_leaves_half_of_it(ctx, client, elsewhere):
    loop = asyncio.get_running_loop()

    async def send(example):
        program, case, wrong = example
        fuzz = Fuzz(ctx, client, elsewhere, program, case)
        await fuzz.prepare()
        found = [(await fuzz.send(one))[1] for one in wrong]
        return [one for one in [*found, await fuzz.rendered()] if one]

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(wrong_ones())
    def nothing_is_wrong(example):
        assert asyncio.run_coroutine_threadsafe(send(example), loop).result(60) == []

    await asyncio.to_thread(nothing_is_wrong)


@pytest.mark.parametrize("kind", ["Li\u0000ke", "\u0000", "Like\n"])
async def test_a_type_that_cannot_be_printed_is_none(ctx, client, elsewhere, kind):
    program = PROGRAMS[0]
    case = next(one for one in program.cases if one.name == "a star")
    fuzz = Fuzz(ctx, client, elsewhere, program, case)
    await fuzz.prepare()

    assert await fuzz.send(case.activity | {"type": kind}) == ("answered 400", "")
