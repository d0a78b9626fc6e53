"""The commands about invitations."""

import pytest

from tests.cli.test_accounts import watertower  # noqa: F401  # the fixture
from tests.world import an_account

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked")


async def test_an_invitation_is_made_opens_the_door_and_ends(ctx, client, watertower):  # noqa: F811
    alice = await an_account(ctx)

    made = (await watertower("invites", "create", alice.username, "--uses", "3")).stdout.strip()
    listed = (await watertower("invites", "list", alice.username)).stdout
    code = made.rpartition("/")[2]
    before = await client.get(f"/invite/{code}")
    ended = await watertower("invites", "end", alice.username, code)
    after = await client.get(f"/invite/{code}")

    assert listed == f"{made}  used 0 times\n"
    assert (before.status, ended.returncode, after.status) == (302, 0, 404)


async def test_an_invitation_that_is_not_there_cannot_be_ended(ctx, watertower):  # noqa: F811
    alice = await an_account(ctx)

    done = await watertower("invites", "end", alice.username, "nothing")

    assert done.returncode == 1
    assert f"{alice.username} made no invitation nothing." in done.stderr
