"""File: a person says that a decision about them is an error, or that they agree and want back in."""

from dataclasses import replace

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.params import Upload
from watertower.moderation.actions.appeals.attach import forget_files, stored_files
from watertower.moderation.actions.appeals.contact import send_code
from watertower.moderation.errors.appeals import AppealNotFound
from watertower.moderation.model.appeals import Filing
from watertower.moderation.queries.appeals import find_appeal
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeals import file_in


async def file_appeal(
    ctx: Context, *, account_id: int, filing: Filing, uploads: list[Upload] | None = None
) -> int:
    """The appeal's id; while one runs, the message goes into it.

    Without an address the confirmed one of the login counts; another one is sent a code first.
    Raises what file_in raises, and BadFile.
    """
    async with ctx.reading() as tx:
        action = await find_action(tx, action_id=filing.action_id)
        login = await find_login_by_account(tx, account_id=account_id)
    if action is None or action.target_account_id != account_id:
        raise AppealNotFound
    known = login.email if login is not None and login.confirmed_at is not None else ""
    email = filing.contact_email.strip() or known
    files = await stored_files(ctx, uploads or [])
    try:
        async with ctx.transaction() as tx:
            appeal_id = await file_in(
                tx,
                ctx,
                filing=replace(
                    filing,
                    contact_email=email,
                    files=files,
                    is_address_proved=filing.is_address_proved
                    or (known != "" and email.lower() == known.lower()),
                ),
            )
            appeal = await find_appeal(tx, appeal_id=appeal_id)
    except BaseException:
        await forget_files(ctx, files)
        raise
    if appeal is not None and appeal.contact_verified_at is None and appeal.code_until is None:
        await send_code(ctx, account_id=account_id, appeal_id=appeal_id)
    return appeal_id
