"""People who decide, people about whom was decided, and browsers for both."""

import re
from datetime import timedelta

from tests.conftest import Client, MailBox
from tests.web.visit import Visit, a_member
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.moderation.actions.standing.act import act
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeal_links import appeal_token
from watertower.moderation.steps.cases import open_case

MODERATOR, HEAD = 1, 5


async def a_moderator(ctx: Context, client: Client, *, role_id: int = MODERATOR):
    """A browser in which a moderator is signed in, and the account."""
    account = await a_member(ctx, role_id=role_id)
    visit = Visit(client)
    answer = await visit.sign_in(account.username)
    assert answer.status == 303, answer.text
    return visit, account


async def a_case(ctx: Context, about: Account) -> int:
    """A case about somebody."""
    async with ctx.transaction() as tx:
        return await open_case(
            tx, at=ctx.now(), kind="report", target_account_id=about.id, opened_by=None
        )


async def decided(
    ctx: Context, *, by: Account | None, about: Account, kind: Kind = Kind.SUSPEND, **more: object
) -> int:
    """An action; its id."""
    return await act(
        ctx,
        actor_id=by.id if by else None,
        decision=Decision(
            kind=kind,
            target_account_id=about.id,
            reason="Because of the rules",
            message="Please read our rules.",
            **more,
        ),
    )


async def token_of(ctx: Context, action_id: int) -> str:
    """What stands in the link of the mail."""
    async with ctx.reading() as tx:
        action = await find_action(tx, action_id=action_id)
    return appeal_token(
        ctx,
        action_id=action_id,
        account_id=action.target_account_id,
        made_at=action.created_at,
    )


async def filed(
    ctx: Context,
    client: Client,
    action_id: int,
    *,
    text: str = "That was not me",
    claim: str = "error",
    **typed: str,
) -> tuple[Visit, str]:
    """Appeal from a private window with the link of the mail; the window and its address."""
    window = Visit(client)
    here = f"/appeals/{await token_of(ctx, action_id)}"
    page = await window.get(here)
    assert page.status == 200, page.text
    answer = await window.submit(here, claim=claim, text=text, **typed)
    assert answer.status == 303, answer.text
    return window, here


async def appeals_of(ctx: Context, action_id: int) -> list[dict]:
    """The rows, oldest first."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT * FROM appeals WHERE action_id = $1 ORDER BY id", action_id
        )
    return [dict(row) for row in rows]


async def the_appeal(ctx: Context, action_id: int) -> dict:
    """The only appeal against an action."""
    (row,) = await appeals_of(ctx, action_id)
    return row


async def said_in(ctx: Context, appeal_id: int) -> list[tuple[bool, str]]:
    """Who said what: (by the team, words)."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT from_team, text FROM appeal_messages WHERE appeal_id = $1 ORDER BY id",
            appeal_id,
        )
    return [(row["from_team"], row["text"]) for row in rows]


async def log_of(ctx: Context, appeal_id: int) -> list[str]:
    """The verbs of the audit log, looks left out."""
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE subject_kind = 'appeal' AND subject_id = $1 "
            "AND verb NOT LIKE 'read %' ORDER BY id",
            str(appeal_id),
        )
    return [row["verb"] for row in rows]


async def is_suspended(ctx: Context, account: Account) -> bool:
    """Whether somebody is out of view now."""
    async with ctx.reading() as tx:
        return bool(
            await tx.fetch_value(
                "SELECT suspended_at IS NOT NULL FROM accounts WHERE id = $1", account.id
            )
        )


def code_in(mails: MailBox, address: str) -> str:
    """The newest code that was mailed there."""
    found = [re.search(r"\b(\d{6})\b", mail.text) for mail in mails.to(address)]
    return [match[1] for match in found if match][-1]


async def decide(
    visit: Visit, appeal_id: int, outcome: str, message: str = "We looked at it.", **more: str
):
    """Decide in the desk's form."""
    here = f"/desk/appeals/{appeal_id}"
    await visit.get(here)
    return await visit.submit(f"{here}/decide", outcome=outcome, message=message, **more)


DAY = timedelta(days=1)
