"""What the community decides about special accounts: expectations, hashtags, companies invited."""

import secrets

from watertower.accounts.actions.invites import ALPHABET
from watertower.accounts.queries.logins import find_login_by_username
from watertower.base.context import Context
from watertower.base.text.clean import clean_line, clean_text
from watertower.base.text.tags import tag_name
from watertower.moderation.errors.account_types import ApprovalNotFound
from watertower.moderation.errors.sign_ups import BlockNotFound, wrong
from watertower.moderation.model.account_types import INVITATION_LASTS, Type
from watertower.moderation.queries.account_type_rules import (
    delete_tag,
    find_expectations,
    insert_expectations,
    insert_invitation,
    list_accounts_of_types,
    list_tags,
    put_tag,
)
from watertower.moderation.queries.account_types import find_approval
from watertower.moderation.steps.account_types import settle
from watertower.moderation.steps.cases import open_case
from watertower.moderation.steps.log import log

LONGEST_EXPECTATIONS = 10_000


async def publish_expectations(ctx: Context, *, actor_id: int, text: str) -> int:
    """A new version; its number. Accounts are asked to accept it. The same text changes nothing."""
    said = clean_text(text).strip()[:LONGEST_EXPECTATIONS]
    if not said:
        raise wrong("text", "can't be blank", "ERR_BLANK")
    async with ctx.transaction() as tx:
        before = await find_expectations(tx)
        if before.text == said:
            return before.version
        version = await insert_expectations(tx, text=said, author_id=actor_id, at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="publish_expectations",
            subject=("site", "account_types"),
            details={"version": version},
        )
    return version


async def reserve_tag(
    ctx: Context, *, actor_id: int, name: str, purpose: str, account_type: str = ""
) -> None:
    """Put a hashtag on the register; with a type, posts of such accounts have to carry it."""
    kept, said = tag_name(name.strip().lstrip("#")), clean_line(purpose, 500)
    if not kept:
        raise wrong("name", "is not a hashtag")
    if not said:
        raise wrong("purpose", "can't be blank", "ERR_BLANK")
    if account_type and account_type not in set(Type):
        raise wrong("account_type", "is not a type of account", "ERR_INCLUSION")
    async with ctx.transaction() as tx:
        before = {tag.account_type for tag in await list_tags(tx) if tag.name == kept}
        await put_tag(
            tx,
            name=kept,
            purpose=said,
            account_type=account_type or None,
            author_id=actor_id,
            at=ctx.now(),
        )
        touched = sorted({one for one in {*before, account_type} if one})
        for account_id in await list_accounts_of_types(tx, types=touched):
            await settle(tx, ctx, account_id=account_id)
        await log(
            tx, at=ctx.now(), actor_id=actor_id, verb="reserve_hashtag", subject=("hashtag", kept)
        )


async def release_tag(ctx: Context, *, actor_id: int, name: str) -> None:
    """Take a hashtag off the register. Raises BlockNotFound."""
    async with ctx.transaction() as tx:
        types = [t.account_type for t in await list_tags(tx) if t.name == name and t.account_type]
        if not await delete_tag(tx, name=name):
            raise BlockNotFound
        for account_id in await list_accounts_of_types(tx, types=types):
            await settle(tx, ctx, account_id=account_id)
        await log(
            tx, at=ctx.now(), actor_id=actor_id, verb="release_hashtag", subject=("hashtag", name)
        )


async def invite_company(ctx: Context, *, actor_id: int, organisation: str) -> str:
    """Invite a company or large organisation; the code that it declares itself with."""
    name = clean_line(organisation, 200)
    if not name:
        raise wrong("organisation", "can't be blank", "ERR_BLANK")
    code = "".join(secrets.choice(ALPHABET) for _ in range(16))
    async with ctx.transaction() as tx:
        await insert_invitation(
            tx,
            code=code,
            organisation=name,
            author_id=actor_id,
            expires_at=ctx.now() + INVITATION_LASTS,
            at=ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="invite_company",
            subject=("organisation", name),
        )
    return code


async def question_account(
    ctx: Context, *, actor_id: int, username: str, perceived: str, reason: str
) -> int:
    """The same, by the name of an account, which may have declared nothing. Raises ApprovalNotFound."""
    async with ctx.reading() as tx:
        login = await find_login_by_username(tx, username=username.strip().lstrip("@"))
        approval = (
            await find_approval(tx, account_id=login.account_id) if login is not None else None
        )
    if login is None:
        raise ApprovalNotFound
    return await question_type(
        ctx,
        actor_id=actor_id,
        account_id=login.account_id,
        declared=", ".join(approval.types) if approval is not None else Type.GENERAL.value,
        perceived=perceived,
        reason=reason,
    )


async def question_type(
    ctx: Context,
    *,
    actor_id: int,
    account_id: int,
    declared: str,
    perceived: str,
    reason: str,
) -> int:
    """Open a case about a wrong or missing type, both types side by side; the case.

    Types are never guessed by the server: somebody has to say so.
    """
    said = clean_text(reason).strip()
    if perceived not in set(Type):
        raise wrong("perceived", "is not a type of account", "ERR_INCLUSION")
    if not said:
        raise wrong("reason", "can't be blank", "ERR_BLANK")
    async with ctx.transaction() as tx:
        case_id = await open_case(
            tx,
            at=ctx.now(),
            kind="research",
            target_account_id=account_id,
            opened_by=actor_id,
            title=f"Type of account: declared {declared}, looks like {perceived}",
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="question_account_type",
            subject=("account", account_id),
            case_id=case_id,
            reason=said,
        )
    return case_id
