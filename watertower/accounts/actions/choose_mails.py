"""Choose which notifications come by mail: on the page of settings, or with one click in a mail."""

from collections.abc import Mapping
from datetime import timedelta

from watertower.accounts.errors import LinkExpired
from watertower.accounts.mail_kinds import MAIL_KINDS
from watertower.accounts.queries.preferences import update_mail_choices, update_preferences
from watertower.accounts.tickets import read_ticket, sign_ticket
from watertower.base.context import Context

PURPOSE = "unsubscribe"
GOOD_FOR = timedelta(days=365)  # mails lie in mailboxes for long


async def choose_mails(
    ctx: Context, *, account_id: int, chosen: Mapping[str, bool], always: bool
) -> None:
    """Keep what was chosen for each kind; kinds that are not named stay as they are."""
    known = {kind: is_on for kind, is_on in chosen.items() if kind in MAIL_KINDS}
    async with ctx.transaction() as tx:
        await update_mail_choices(tx, account_id=account_id, chosen=known)
        await update_preferences(tx, account_id=account_id, chosen={"always_mails": always})


def unsubscribe_ticket(ctx: Context, *, account_id: int, kind: str) -> str:
    """What proves that somebody holds a mail of this kind to this member."""
    until = ctx.now() + GOOD_FOR
    return sign_ticket(ctx.secrets, purpose=PURPOSE, says=[account_id, kind], until=until)


def kind_of_ticket(ctx: Context, *, ticket: str) -> str:
    """The kind of mail that a ticket ends. Raises LinkExpired."""
    return _read(ctx, ticket)[1]


async def unsubscribe(ctx: Context, *, ticket: str) -> str:
    """Send no more mails of the ticket's kind; answers the kind. Twice is no error.

    Raises LinkExpired for what is not ours or too old.
    """
    account_id, kind = _read(ctx, ticket)
    async with ctx.transaction() as tx:
        await update_mail_choices(tx, account_id=account_id, chosen={kind: False})
    return kind


def _read(ctx: Context, ticket: str) -> tuple[int, str]:
    says = read_ticket(ctx.secrets, purpose=PURPOSE, ticket=ticket, now=ctx.now())
    if says is None or says[1] not in MAIL_KINDS:
        raise LinkExpired
    return says[0], says[1]
