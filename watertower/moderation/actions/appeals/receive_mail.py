"""Receive: an answer by mail reaches the appeal that it belongs to, or files one."""

from collections.abc import Sequence

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.moderation.errors.appeals import AppealNotFound
from watertower.moderation.model.appeal_mails import action_of_reply_token
from watertower.moderation.model.appeals import LONGEST_TEXT, Filing, StoredFile
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeals import file_in


async def receive_appeal_mail(
    ctx: Context,
    *,
    token: str,
    sender: str,
    text: str,
    mail_id: str | None,
    files: Sequence[StoredFile] = (),
) -> int | None:
    """The appeal's id; None if the token is none of ours. The same mail twice is kept once.

    The token was mailed to the person and to nobody else; an address that differs from the one
    we know is not believed until its code was typed. Raises what file_in raises.
    """
    action_id = action_of_reply_token(ctx.secrets.key, token)
    if action_id is None:
        return None
    async with ctx.transaction() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None:
            raise AppealNotFound
        login = await find_login_by_account(tx, account_id=action.target_account_id)
        known = login.email if login is not None and login.confirmed_at is not None else ""
        return await file_in(
            tx,
            ctx,
            filing=Filing(
                action_id=action_id,
                claim="error",  # what a reply says cannot be known; this is what most say
                text=text.strip()[:LONGEST_TEXT],
                contact_email=known or sender,
                files=files,
                came_by="mail",
                mail_id=mail_id,
                is_address_proved=known != "" and sender.lower() == known.lower(),
            ),
        )
