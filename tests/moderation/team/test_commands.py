"""`watertower team …`: the first lead, and the operator's last resort."""

import pytest

from tests.cli.test_accounts import watertower  # noqa: F401  # a fixture
from tests.moderation.team.world import role_of
from tests.web.visit import a_member

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked")


async def test_the_operator_names_the_first_lead_and_can_end_a_stay(
    ctx,
    drain,
    mails,
    watertower,  # noqa: F811
):
    account = await a_member(ctx)
    done = await watertower("team", "appoint", account.username)
    assert done.returncode == 0, done.stderr
    assert await role_of(ctx, account) == "Head moderator"
    shown = await watertower("team", "show")
    assert f"@{account.username}  lead" in shown.stdout
    assert "Duties are separated." in shown.stdout
    again = await watertower("team", "appoint", account.username)
    assert again.returncode == 1

    ended = await watertower(
        "team", "end", account.username, "--team", "moderation", "--reason", "They asked for it"
    )
    assert ended.returncode == 0, ended.stderr
    assert await role_of(ctx, account) == ""
    await drain()
    assert any(
        "They asked for it" in mail.text for mail in mails.to(f"{account.username}@example.test")
    )
