"""A person answers the mail of a decision, and means: no."""

from collections.abc import Sequence

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Refused
from watertower.moderation.model.appeals import LONGEST_TEXT, Filing, StoredFile
from watertower.moderation.model.evidence import EvidenceFile
from watertower.moderation.queries.appeals import find_action_for_reply
from watertower.moderation.steps.appeals import file_in


async def take_reply(
    tx: Transaction,
    ctx: Context,
    *,
    case_id: int,
    account_id: int,
    sender: str,
    text: str,
    mail_id: str,
    files: Sequence[StoredFile],
) -> bool:
    """Whether it went into an appeal; False: it belongs into the thread of the case.

    Who is suspended can answer nothing else, so the first answer is an appeal. Everybody else may
    only be asking; for them it is one once they have said so.
    """
    action_id = await find_action_for_reply(tx, case_id=case_id, account_id=account_id)
    if action_id is None:
        return False
    login = await find_login_by_account(tx, account_id=account_id)
    known = login.email if login is not None and login.confirmed_at is not None else ""
    try:
        await file_in(
            tx,
            ctx,
            filing=Filing(
                action_id=action_id,
                claim="error",
                text=text.strip()[:LONGEST_TEXT],
                contact_email=known or sender,
                files=files,
                came_by="mail",
                mail_id=mail_id,
                is_address_proved=known != "" and known.lower() == sender.lower(),
            ),
        )
    except Refused:
        return False  # too late, or said too often: the team still reads it
    return True


def stored(files: Sequence[EvidenceFile]) -> list[StoredFile]:
    """Files of a mail as files of a message."""
    return [StoredFile(one.name, one.key, one.content_type, one.bytes) for one in files]
