"""Applications as staff see them, and as applicants see their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.text.find import find_urls
from watertower.moderation.errors.sign_ups import SignUpNotFound
from watertower.moderation.model.sign_ups import (
    Message,
    NetworkGroup,
    OwnApplication,
    Proof,
    Signals,
    SignUp,
    State,
    Vouch,
)
from watertower.moderation.queries.sign_up_proofs import list_proofs
from watertower.moderation.queries.sign_up_signals import (
    count_same_email_domain,
    list_same_minutes,
    list_same_network,
    list_similar_texts,
)
from watertower.moderation.queries.sign_ups import (
    count_states,
    find_sign_up,
    list_messages,
    list_networks,
    list_sign_ups,
)
from watertower.moderation.queries.vouches import list_vouches_for, list_vouches_of
from watertower.moderation.steps.log import log

WAITING = (State.PENDING, State.ANSWERED)
MOST_NETWORKS = 100


@dataclass(frozen=True)
class WholeSignUp:
    """One application with all that staff decide by."""

    sign_up: SignUp
    messages: Sequence[Message]
    vouches: Sequence[Vouch]
    proofs: Sequence[Proof]
    signals: Signals


async def sign_ups_for(
    ctx: Context,
    *,
    states: Sequence[State] = WAITING,
    network: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[SignUp]:
    """A page of applications for staff, the one that waits longest first. One query."""
    async with ctx.reading() as tx:
        return await list_sign_ups(tx, states=states, network=network, limit=limit, offset=offset)


async def counts_for(ctx: Context) -> dict[State, int]:
    """How many applications there are in each state."""
    async with ctx.reading() as tx:
        return await count_states(tx)


async def networks_for(ctx: Context) -> list[NetworkGroup]:
    """From where many applications came, for staff."""
    async with ctx.reading() as tx:
        return await list_networks(tx, limit=MOST_NETWORKS)


async def sign_up_for(ctx: Context, *, viewer_id: int, account_id: int) -> WholeSignUp:
    """One application for staff; that it was looked at is logged. Raises SignUpNotFound.

    It holds an address and a network, which are private.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        sign_up = await find_sign_up(tx, account_id=account_id)
        if sign_up is None:
            raise SignUpNotFound
        await log(
            tx, at=now, actor_id=viewer_id, verb="read_sign_up", subject=("account", account_id)
        )
        return WholeSignUp(
            sign_up=sign_up,
            messages=await list_messages(tx, account_id=account_id, with_notes=True),
            vouches=await list_vouches_for(tx, account_id=account_id),
            proofs=await list_proofs(tx, account_id=account_id),
            signals=Signals(
                similar_texts=await list_similar_texts(tx, sign_up, now=now),
                same_network=await list_same_network(tx, sign_up, now=now),
                same_minutes=await list_same_minutes(tx, sign_up),
                same_email_domain=await count_same_email_domain(tx, sign_up, now=now),
                links=find_urls(sign_up.text),
            ),
        )


async def own_application(ctx: Context, *, account_id: int) -> OwnApplication:
    """What the applicant may know. Vouches show whom they named, never what was answered."""
    async with ctx.reading() as tx:
        sign_up = await find_sign_up(tx, account_id=account_id)
        if sign_up is None:
            raise SignUpNotFound
        return OwnApplication(
            state=sign_up.state,
            reason=sign_up.reason if sign_up.state is State.REFUSED else "",
            due_at=sign_up.due_at,
            forgotten_at=sign_up.forgotten_at,
            messages=await list_messages(tx, account_id=account_id, with_notes=False),
            vouches=await list_vouches_for(tx, account_id=account_id),
            proofs=await list_proofs(tx, account_id=account_id),
        )


async def vouches_asked_of(ctx: Context, *, member_id: int) -> list[Vouch]:
    """Applicants this member is, or was, asked about."""
    async with ctx.reading() as tx:
        return await list_vouches_of(tx, member_id=member_id, now=ctx.now())
