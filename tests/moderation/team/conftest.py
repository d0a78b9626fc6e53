"""Every test of teams begins in a community without any, and leaves none behind."""

import pytest

from tests.moderation.team.world import nobody_in_teams


@pytest.fixture(autouse=True)
async def _no_teams(ctx):
    await nobody_in_teams(ctx)
    yield
    await nobody_in_teams(ctx)
