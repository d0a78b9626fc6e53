"""The link in a mail about a decision: it works signed out, and only its receiver has it.

Everybody who holds the link may answer for the account it was sent to, and do nothing else.
"""

from datetime import datetime, timedelta

from watertower.accounts.tickets import read_ticket, sign_ticket
from watertower.base.context import Context

PURPOSE = "appeal"
# The window of appeals (W7), and time to read the answer.
GOOD_FOR = timedelta(days=120)


def appeal_token(ctx: Context, *, action_id: int, account_id: int, made_at: datetime) -> str:
    """The last part of /appeals/:token, always the same for one action."""
    return sign_ticket(
        ctx.secrets,
        purpose=PURPOSE,
        says=[str(action_id), str(account_id)],
        until=made_at + GOOD_FOR,
    )


def appeal_link(ctx: Context, *, action_id: int, account_id: int, made_at: datetime) -> str:
    """The whole address."""
    token = appeal_token(ctx, action_id=action_id, account_id=account_id, made_at=made_at)
    return f"{ctx.settings.base_url}/appeals/{token}"


def read_appeal_token(ctx: Context, *, token: str) -> tuple[int, int] | None:
    """(action, account); None if we did not make it or it is too old."""
    said = read_ticket(ctx.secrets, purpose=PURPOSE, ticket=token, now=ctx.now())
    return None if said is None else (int(said[0]), int(said[1]))
