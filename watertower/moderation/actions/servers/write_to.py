"""Write to the people who run another server, and keep what they answer."""

from watertower.base.context import Context
from watertower.moderation.errors.server_talk import TextMissing, UnknownContact, WrongAddress
from watertower.moderation.jobs.server_mails import send_server_notice
from watertower.moderation.model.server_talk import ADDRESS, LONGEST_TEXT
from watertower.moderation.queries.server_decisions import find_standing_decision
from watertower.moderation.queries.server_talk import (
    delete_contact,
    insert_notice,
    list_contacts,
    upsert_contact,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import named_server


async def add_contact(
    ctx: Context, *, actor_id: int, domain: str, address: str, source: str
) -> None:
    """Keep an address that they published, and where. Raises WrongAddress, WrongDomain."""
    name = named_server(ctx, domain)
    address = address.strip()
    if not ADDRESS.fullmatch(address):
        raise WrongAddress
    async with ctx.transaction() as tx:
        await upsert_contact(
            tx, domain=name, address=address, source=source.strip()[:500], at=ctx.now()
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="add_server_contact",
            subject=("server", name),
        )


async def remove_contact(ctx: Context, *, actor_id: int, domain: str, contact_id: int) -> None:
    """Forget an address; one that is gone is no error."""
    async with ctx.transaction() as tx:
        if await delete_contact(tx, domain=domain, contact_id=contact_id):
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="remove_server_contact",
                subject=("server", domain),
            )


async def write_to(ctx: Context, *, actor_id: int, domain: str, address: str, text: str) -> None:
    """Send a notice by mail and keep it with the server. The same twice is sent once.

    Raises UnknownContact for an address that is none of the published ones, TextMissing.
    """
    name = named_server(ctx, domain)
    words = text.strip()
    if not 0 < len(words) <= LONGEST_TEXT:
        raise TextMissing
    async with ctx.transaction() as tx:
        if address not in {one.address for one in await list_contacts(tx, domain=name)}:
            raise UnknownContact
        standing = await find_standing_decision(tx, domain=name)
        notice_id = await insert_notice(
            tx,
            domain=name,
            decision_id=standing.id if standing else None,
            is_ours=True,
            address=address,
            author_id=actor_id,
            text=words,
            at=ctx.now(),
        )
        if notice_id is None:
            return
        await log(
            tx, at=ctx.now(), actor_id=actor_id, verb="write_to_server", subject=("server", name)
        )
        tx.enqueue(send_server_notice.queued(notice_id=notice_id))


async def keep_answer(ctx: Context, *, actor_id: int, domain: str, address: str, text: str) -> None:
    """Keep what they wrote to us. Raises TextMissing, WrongAddress."""
    name = named_server(ctx, domain)
    words = text.strip()
    if not 0 < len(words) <= LONGEST_TEXT:
        raise TextMissing
    if not ADDRESS.fullmatch(address.strip()):
        raise WrongAddress
    async with ctx.transaction() as tx:
        standing = await find_standing_decision(tx, domain=name)
        await insert_notice(
            tx,
            domain=name,
            decision_id=standing.id if standing else None,
            is_ours=False,
            address=address.strip(),
            author_id=actor_id,
            text=words,
            at=ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="keep_server_answer",
            subject=("server", name),
        )
