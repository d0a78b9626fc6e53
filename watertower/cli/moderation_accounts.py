"""`watertower accounts suspend …`: how accounts stand, from the command line.

The operator's word is written into the log like anybody's, without a name: who may log in to the
machine is not known here.
"""

from datetime import timedelta

from watertower.base.context import Context
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context
from watertower.moderation.access.staff_accounts import accounts_named
from watertower.moderation.actions.standing.act import act
from watertower.moderation.actions.standing.undo import lift
from watertower.moderation.model.standing import Decision, Kind

BY_OPERATOR = "By the operator"


def suspend(name: str, *, message: str = "", reason: str = "", days: int = 0) -> None:
    """Suspend an account; for thirty days everything can be restored.

    Parameters
    ----------
    name
        A username, or name@server for somebody elsewhere.
    message
        What the member is told.
    reason
        For the team; written into the log.
    days
        After so many days it ends by itself, and nothing is ever purged. 0: no end.

    """
    _do(Kind.SUSPEND, name, message, reason, days)
    print(f"{name} is suspended.")


def restore(name: str, *, reason: str = "") -> None:
    """End a suspension: everything is as it was.

    Parameters
    ----------
    name
        A username, or name@server for somebody elsewhere.
    reason
        For the team; written into the log.

    """
    print(f"{name} is restored." if _undo(Kind.SUSPEND, name, reason) else f"{name} was not.")


def limit(name: str, *, message: str = "", reason: str = "", days: int = 0) -> None:
    """Limit an account: only its followers still hear of it.

    Parameters
    ----------
    name
        A username, or name@server for somebody elsewhere.
    message
        What the member is told.
    reason
        For the team; written into the log.
    days
        After so many days it ends by itself. 0: moderators look again after thirty days.

    """
    _do(Kind.LIMIT, name, message, reason, days)
    print(f"{name} is limited.")


def unlimit(name: str, *, reason: str = "") -> None:
    """End a limit.

    Parameters
    ----------
    name
        A username, or name@server for somebody elsewhere.
    reason
        For the team; written into the log.

    """
    is_new = _undo(Kind.LIMIT, name, reason)
    print(f"{name} is no longer limited." if is_new else f"{name} was not limited.")


def _do(kind: Kind, name: str, message: str, reason: str, days: int) -> None:
    async def do(ctx: Context) -> None:
        await act(
            ctx,
            actor_id=None,
            decision=Decision(
                kind=kind,
                target_account_id=await _account_named(ctx, name),
                message=message,
                reason=f"{BY_OPERATOR}: {reason}" if reason else BY_OPERATOR,
                # To the minute, so that the same command twice is the same decision.
                ends_at=ctx.now().replace(second=0, microsecond=0) + timedelta(days=days)
                if days > 0
                else None,
            ),
        )

    in_context(do)


def _undo(kind: Kind, name: str, reason: str) -> bool:
    async def do(ctx: Context) -> bool:
        return await lift(
            ctx,
            actor_id=None,
            account_id=await _account_named(ctx, name),
            kind=kind,
            reason=f"{BY_OPERATOR}: {reason}" if reason else BY_OPERATOR,
        )

    return in_context(do)


async def _account_named(ctx: Context, name: str) -> int:
    ids, _ = await accounts_named(ctx, handles=[name])
    if not ids:
        raise CommandFailed(f"There is no account {name}.")
    return ids[0]
