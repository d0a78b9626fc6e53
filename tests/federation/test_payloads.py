"""What other programs send is received as what it means there."""

import pytest

from tests.federation.payloads.every import PROGRAMS
from tests.federation.payloads.world import Elsewhere, Scene, difference


@pytest.fixture(scope="module")
async def elsewhere():
    servers = Elsewhere()
    await servers.start()
    yield servers
    await servers.stop()


@pytest.mark.parametrize(
    ("program", "case"),
    [
        pytest.param(program, case, id=f"{program.name}: {case.name}")
        for program in PROGRAMS
        for case in program.cases
    ],
)
async def test_it_becomes(ctx, client, elsewhere, program, case):
    scene = Scene(ctx, client, elsewhere, program, case)

    became = await scene.run()

    assert became == case.becomes, "\n".join(difference(became, case.becomes))


def test_there_are_twenty_cases_for_each_program():
    few = {one.name: len(one.cases) for one in PROGRAMS if len(one.cases) < 20}
    assert few == {}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.name)
def test_no_two_cases_have_the_same_name(program):
    names = [case.name for case in program.cases]
    assert len(set(names)) == len(names)
