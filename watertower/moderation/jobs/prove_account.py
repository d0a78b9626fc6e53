"""Asks an account elsewhere whether it belongs to an applicant: by a message, or by its links."""

import re
import secrets
from collections.abc import Iterable

from watertower.accounts.access.official import official_account
from watertower.accounts.actions.invites import ALPHABET
from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.sign_ups import OPEN
from watertower.moderation.queries.sign_up_proofs import (
    find_proof,
    update_proof_sent,
    update_proven_by_link,
)
from watertower.moderation.queries.sign_ups import find_sign_up
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft
from watertower.statuses.model import Visibility

CODE_LENGTH = 8
_HREF = re.compile(r'href="([^"]{1,2000})"')


@job(Lane.PULL, attempts=4)
async def send_code(ctx: Context, *, proof_id: int) -> None:
    """Find the account, send it a code, and look whether it links here already."""
    async with ctx.reading() as tx:
        found = await find_proof(tx, proof_id=proof_id)
        sign_up = await find_sign_up(tx, account_id=found[0]) if found else None
        official = await official_account(tx)
    if found is None or sign_up is None or sign_up.state not in OPEN:
        return
    proof = found[1]
    if proof.sent_at is not None or proof.proven_at is not None:
        return
    try:
        other_id = await ctx.remote.find_account(proof.handle)
    except Refused:
        other_id = None
    if other_id is None:
        await _note(ctx, proof_id, None, None, problem="We could not find this account.")
        return
    if official is not None:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)).upper()
        # The code is kept first: a message without one that fits would help nobody.
        await _note(ctx, proof_id, other_id, code)
        try:
            await publish(
                ctx,
                author_id=official,
                draft=Draft(
                    text=f"@{proof.handle} Somebody who wants to join {ctx.settings.server.domain} as "
                    f"{sign_up.username} says that this account is theirs. If that is you, the code "
                    f"is {code}. If not, you can ignore this message.",
                    visibility=Visibility.DIRECT,
                ),
                idempotency_key=f"prove-{proof_id}",
            )
        except Refused:
            problem = "We could not send a message there. A link from that profile works as well."
            await _note(ctx, proof_id, other_id, None, problem=problem)
    else:
        await _note(ctx, proof_id, other_id, None)
    async with ctx.transaction() as tx:
        tx.enqueue(check_link.queued(unique_key=f"check-link-{proof_id}", proof_id=proof_id))


@job(Lane.PULL, attempts=4)
async def check_link(ctx: Context, *, proof_id: int) -> None:
    """Look whether the profile elsewhere, as it is now, links to the applicant's here."""
    async with ctx.reading() as tx:
        found = await find_proof(tx, proof_id=proof_id)
    if found is None or found[1].proven_at is not None or found[1].other_account_id is None:
        return
    applicant_id, other_id = found[0], found[1].other_account_id
    await ctx.remote.refresh_account(other_id)
    async with ctx.transaction() as tx:
        own = await find_account(tx, account_id=applicant_id)
        other = await find_account(tx, account_id=other_id)
        if own is None or other is None:
            return
        wanted = {_same(own.url), _same(own.uri)}
        if wanted & {_same(url) for url in _links(other)}:
            await update_proven_by_link(tx, proof_id=proof_id, at=ctx.now())


def _links(account: Account) -> Iterable[str]:
    """Where the fields of a profile lead. Its own server has made sure whose profile it is."""
    for field in account.fields:
        for text in (str(field.get("value", "")), str(field.get("html", ""))):
            yield text.strip()
            yield from _HREF.findall(text)


def _same(url: str) -> str:
    return url.strip().rstrip("/").lower()


async def _note(
    ctx: Context, proof_id: int, other_id: int | None, code: str | None, *, problem: str = ""
) -> None:
    async with ctx.transaction() as tx:
        await update_proof_sent(
            tx,
            proof_id=proof_id,
            other_account_id=other_id,
            code_hash=None if code is None else hash_of(code),
            at=None if code is None else ctx.now(),
            problem=problem,
        )
