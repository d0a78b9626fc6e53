"""The commands about members, run as an operator and as scripts run them."""

import asyncio
import io
import json
import os
import sys
from dataclasses import dataclass

import pytest

from tests.world import unique
from watertower.__main__ import main
from watertower.accounts.actions.manage_member import login_named
from watertower.accounts.actions.sign_in import SignedIn, sign_in

pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked")


@dataclass
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def watertower(database_url, settings, monkeypatch, capsys):
    """`await watertower("accounts", "list")` on the database of the tests."""
    for name in list(os.environ):
        if name.startswith("WATERTOWER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("WATERTOWER_DATA_DIR", str(settings.server.data_dir))
    monkeypatch.setenv("WATERTOWER_DOMAIN", settings.server.domain)

    def call() -> int:
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    async def run(*words: str, given: str = "", **more: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["watertower", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        for name, value in more.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code = await asyncio.to_thread(call)
        return Done(code, *capsys.readouterr())

    return run


def last_line(done) -> object:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout.splitlines()[-1])


async def test_a_script_makes_a_member_with_a_token_that_posts(ctx, client, watertower):
    name = unique("scripted")
    made = last_line(
        await watertower(
            *("accounts", "create", name, "--email", f"{name}@example.com", "--json"),
            *("--password", "correct horse", "--confirmed"),
            *("--token-scopes", "read write follow push"),
        )
    )
    login = await login_named(ctx, name_or_email=name)
    assert made == {"username": name, "token": made["token"], "id": str(login.account_id)}
    assert (await client.signed_in(made["token"]).get("/api/v1/timelines/home")).status == 200
    assert isinstance(await sign_in(ctx, email_or_name=name, password="correct horse"), SignedIn)


async def test_the_owner_owns_and_signs_in_with_the_password_that_was_printed(ctx, watertower):
    name = unique("owner")
    done = await watertower("owner", "create", name, "--email", f"{name}@example.com")
    assert (done.returncode, done.stderr) == (0, "")
    password = done.stdout.splitlines()[-1].removeprefix("Password: ")
    assert isinstance(await sign_in(ctx, email_or_name=name, password=password), SignedIn)
    async with ctx.reading() as tx:
        role = await tx.fetch_value(
            "SELECT r.name FROM logins l JOIN roles r ON r.id = l.role_id "
            "JOIN accounts a ON a.id = l.account_id WHERE a.username = $1",
            name,
        )
    assert role == "Owner"


async def test_many_accounts_are_made_at_once_in_order_and_twice_is_no_error(watertower):
    names = [unique("bulk") for _ in range(12)]
    first = last_line(await watertower("dev", "accounts", given=json.dumps(names)))
    again = last_line(await watertower("dev", "accounts", given=json.dumps(names)))
    assert [one["username"] for one in first] == names
    assert [one["id"] for one in again] == [one["id"] for one in first]
    assert len({one["token"] for one in first + again}) == 24


@pytest.mark.parametrize("given", ["", "nonsense", '{"a": 1}', "[1]"])
async def test_input_that_is_no_list_of_names_is_refused(watertower, given):
    done = await watertower("dev", "accounts", given=given)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("watertower: Standard input must be a JSON array of names")


async def test_dev_commands_refuse_to_run_in_production(watertower):
    done = await watertower("dev", "accounts", given='["a"]', WATERTOWER_DEVELOPMENT="false")
    assert (done.returncode, done.stderr) == (
        1,
        "watertower: This command works in development only.\n",
    )


async def test_a_member_is_shown_given_a_role_and_a_new_password(watertower):
    name = unique("shown")
    await watertower("accounts", "create", name, "--email", f"{name}@example.com")
    facts = last_line(await watertower("accounts", "show", f"{name}@example.com", "--json"))
    assert (facts["username"], facts["state"]) == (name, "active")
    done = await watertower("accounts", "set-role", name, "Moderator")
    assert done.stdout == f"@{name} is Moderator now.\n"
    done = await watertower("accounts", "reset-password", name, "--password", "battery staple")
    assert done.stdout == f"@{name} has a new password.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accounts", "show", "nobody_here"), "Nobody here is called nobody_here"),
        (("accounts", "approve", "nobody_here"), "Nobody here is called nobody_here"),
        (
            ("accounts", "create", "x y", "--email", "x@example.com"),
            "Validation failed: Username must contain only letters, numbers and underscores",
        ),
        (
            ("accounts", "create", "fine", "--email", "f@example.com", "--token-scopes", "all"),
            "There is no scope all.",
        ),
    ],
)
async def test_what_cannot_be_done_is_one_line_and_exit_code_1(watertower, words, says):
    done = await watertower(*words)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"watertower: {says}\n")
