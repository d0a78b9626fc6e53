"""How accounts stand, from the command line."""

import pytest

from tests.cli.test_accounts import watertower  # noqa: F401  # a fixture
from tests.moderation.standing.world import log_of, marks_of
from tests.world import an_account

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked")


@pytest.mark.parametrize(
    ("does", "undoes", "mark"),
    [("suspend", "restore", "suspended_at"), ("limit", "unlimit", "limited_at")],
)
async def test_an_operator_acts_and_takes_it_back(ctx, watertower, does, undoes, mark):  # noqa: F811
    member = await an_account(ctx)

    done = await watertower("accounts", does, member.username, "--reason", "Spam", "--days", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert (await marks_of(ctx, member))[mark] is not None
    done = await watertower("accounts", undoes, member.username)
    assert (done.returncode, done.stderr) == (0, "")

    assert (await marks_of(ctx, member))[mark] is None
    assert await log_of(ctx, member) == [
        (None, does, "By the operator: Spam"),
        (None, f"undo {does}", "By the operator"),
    ]


async def test_an_unknown_name_is_said(ctx, watertower):  # noqa: F811
    done = await watertower("accounts", "suspend", "nobody@nowhere.example")
    assert done.returncode == 1
    assert "There is no account nobody@nowhere.example." in done.stderr
