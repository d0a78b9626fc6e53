"""The commands about the community itself."""

import pytest

from tests.cli.test_accounts import watertower  # noqa: F401  # the fixture
from watertower.accounts.access.site import site_of
from watertower.accounts.site_names import DECISIONS

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked")


@pytest.fixture(autouse=True)
async def undecided(ctx):
    yield
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM site_settings")
        await tx.execute("DELETE FROM rules")


async def test_what_was_decided_is_shown_and_holds(ctx, watertower):  # noqa: F811
    done = await watertower("site", "set", "title", " Harbour\n ")
    assert (done.returncode, done.stdout) == (0, 'title = "Harbour"\n')
    await watertower("site", "set", "min_age", "16")

    shown = (await watertower("site", "show")).stdout.splitlines()

    assert shown[0] == 'title = "Harbour"'
    assert "min_age = 16" in shown
    assert len(shown) == len(DECISIONS)
    assert (await site_of(ctx)).title == "Harbour"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("titel", "x", "There is no titel. Do you mean title?"),
        ("registration_mode", "maybe", "One of open, approval, invite, closed"),
        ("min_age", "-1", "An age is a number of years up to 99; 0: not asked"),
        ("requires_reason", "perhaps", "Say yes or no"),
        ("contact_email", "nobody", "That is no e-mail address"),
        ("title", "x" * 256, "At most 255 characters"),
    ],
)
async def test_what_makes_no_sense_is_refused(watertower, name, value, says):  # noqa: F811
    done = await watertower("site", "set", name, f"--value={value}")
    assert done.returncode == 1
    assert says in done.stderr


async def test_rules_come_and_go(watertower):  # noqa: F811
    first = (await watertower("site", "add-rule", "Be kind", "--hint", "Always")).stdout.strip()
    second = (await watertower("site", "add-rule", "No ads")).stdout.strip()
    listed = (await watertower("site", "rules")).stdout
    gone = await watertower("site", "remove-rule", first)
    again = await watertower("site", "remove-rule", first)

    assert listed == f"{first}  Be kind  (Always)\n{second}  No ads\n"
    assert (gone.returncode, again.returncode) == (0, 1)
    assert (await watertower("site", "rules")).stdout == f"{second}  No ads\n"
    assert (await watertower("site", "add-rule", " ")).returncode == 1
