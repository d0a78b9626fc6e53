"""The commands that decide about servers."""

import pytest

from tests.cli.test_accounts import watertower  # noqa: F401  # the fixture
from tests.moderation.servers.world import a_domain
from tests.world import an_account
from watertower.accounts.queries.server_policies import find_policy

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked")


async def severity(ctx, domain):
    async with ctx.reading() as tx:
        policy = await find_policy(tx, domain=domain)
    return policy and policy.severity


async def test_a_server_is_previewed_blocked_and_unblocked(ctx, watertower):  # noqa: F811
    domain = a_domain()
    await an_account(ctx, domain=domain)
    words = ("federation", "block", domain, "--reason", "Spam")

    tried = await watertower(*words, "--dry-run")
    assert f"1 known servers are covered: {domain}" in tried.stdout
    assert await severity(ctx, domain) is None
    assert (await watertower(*words)).returncode == 0
    assert await severity(ctx, domain) == "suspend"
    assert (await watertower("federation", "unblock", domain, "--reason", "Over")).returncode == 0
    assert await severity(ctx, domain) is None
    again = await watertower("federation", "unblock", domain, "--reason", "Over")
    assert (again.returncode, "Nothing special holds" in again.stderr) == (1, True)
    wrong = await watertower("federation", "block", "no name", "--reason", "x")
    assert wrong.returncode == 1


async def test_a_list_is_read_applied_and_written(ctx, watertower, tmp_path):  # noqa: F811
    names = [a_domain() for _ in range(60)]
    file, out = tmp_path / "list.csv", tmp_path / "ours.csv"
    file.write_text("\n".join(names))

    drafts = await watertower("federation", "blocklist-import", str(file))
    assert "60 drafts, 0 applied" in drafts.stdout
    assert await severity(ctx, names[0]) is None
    done = await watertower("federation", "blocklist-import", str(file), "--apply")
    assert "60 were applied now." in done.stdout
    assert await severity(ctx, names[-1]) == "suspend"
    assert (await watertower("federation", "blocklist-export", str(out))).returncode == 0
    written = out.read_text()
    assert [f"{name},suspend," in written for name in names] == [True] * 60
