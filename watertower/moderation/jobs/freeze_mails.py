"""Mails to the team about freezes: what was handed in, what is due, what was missed."""

from collections.abc import Mapping

from watertower.accounts.mails.letter import letter
from watertower.accounts.model import Permission
from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.freeze import Freeze
from watertower.moderation.queries.freeze_team import list_addresses, list_responsible
from watertower.moderation.queries.freezes import find_freeze
from watertower.moderation.queries.reports import list_readers

SUBJECTS: Mapping[str, str] = {
    "submitted": "A frozen member handed in",
    "waiting": "A frozen member waits for an answer",
    "missed": "A deadline of a freeze was missed",
    "review_missed": "A frozen member still waits for an answer",
}
SAYS: Mapping[str, str] = {
    "submitted": "{name} says that everything is done, or that the freeze is a mistake. "
    "Please look at it within 72 hours.",
    "waiting": "{name} handed in and waits. The 72 hours are running out.",
    "missed": "{name} did not answer in time. The account stays frozen until a head moderator "
    "decides: remain frozen, more time, a limit, a suspension.",
    "review_missed": "{name} handed in, and nobody answered within 72 hours.",
}
FOR_LEADS = frozenset({"missed", "review_missed"})


@job(Lane.MAIL)
async def mail_team(ctx: Context, *, freeze_id: int, what: str) -> None:
    """Write to whoever has the case or froze the account; what was missed goes to the leads.

    `what` is one of SUBJECTS. Nobody hears of a freeze of their own.
    """
    async with ctx.reading() as tx:
        freeze = await find_freeze(tx, freeze_id=freeze_id)
        if freeze is None or not freeze.is_open or what not in SUBJECTS:
            return
        account = await find_account(tx, account_id=freeze.account_id)
        addresses = await _addresses(tx, freeze, what)
    if account is None:
        return
    for address in addresses:
        await ctx.mail.send(
            letter(
                to=address,
                subject=f"{SUBJECTS[what]}: @{account.username}",
                paragraphs=[SAYS[what].format(name=f"@{account.username}")],
                link=f"{ctx.settings.base_url}/desk/freezes/{freeze.id}",
                label="Open the freeze",
            )
        )


async def _addresses(tx: Reading, freeze: Freeze, what: str) -> list[str]:
    found: list[int] = []
    if what not in FOR_LEADS:
        found = await list_responsible(tx, freeze_id=freeze.id)
    if not found:
        leads = Permission.LEAD_MODERATION | Permission.ADMINISTRATOR
        found = await list_readers(tx, permissions=int(leads))
    return await list_addresses(tx, account_ids=[one for one in found if one != freeze.account_id])
