"""A far server that sends, and moderators who write rules."""

import pytest

from tests.federation.conftest import far, post, settle  # noqa: F401
from watertower.moderation.steps.inbound_live import forget_live_rules


@pytest.fixture(autouse=True)
async def no_rules(ctx):
    """Rules are for the whole server: none is left over."""
    yield
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE inbound_rules SET state = 'ended' WHERE state = 'live'")
        await tx.execute("UPDATE inbound_held SET state = 'refused' WHERE state = 'waiting'")
    forget_live_rules()
