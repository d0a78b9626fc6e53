"""Copy a server's own rules (terms, privacy, moderation), dated, to compare them later."""

import hashlib

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.errors.server_reviews import ReviewNotFound
from watertower.moderation.model.servers import LONGEST_REASON
from watertower.moderation.queries.policy_texts import insert_policy_text, update_policy_note
from watertower.moderation.queries.server_reviews import find_review
from watertower.moderation.steps.log import log
from watertower.moderation.steps.page_text import fetch_text

KINDS = ("terms", "privacy", "moderation")


async def take_policy(
    ctx: Context, *, actor_id: int | None, review_id: int, kind: str, url: str
) -> bool:
    """Fetch a text and keep it; False if it says what the last copy said.

    Raises ReviewNotFound, Invalid for another kind or what is no text, Unreachable.
    """
    async with ctx.reading() as tx:
        review = await find_review(tx, review_id=review_id)
    if review is None:
        raise ReviewNotFound
    if kind not in KINDS:
        raise Invalid("Validation failed: Kind is not known")
    text = await fetch_text(ctx, url)
    async with ctx.transaction() as tx:
        is_new = await insert_policy_text(
            tx,
            domain=review.domain,
            kind=kind,
            url=url,
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "replace")).digest(),
            at=ctx.now(),
        )
        if is_new:
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="copy_server_policy",
                subject=("server", review.domain),
                details={"kind": kind, "url": url},
            )
    return is_new


async def note_policy(
    ctx: Context, *, actor_id: int, review_id: int, text_id: int, note: str
) -> None:
    """What a reviewer notes about a copy: it is no legal advice. Raises ReviewNotFound."""
    async with ctx.transaction() as tx:
        review = await find_review(tx, review_id=review_id)
        if review is None or len(note) > LONGEST_REASON:
            raise ReviewNotFound
        if await update_policy_note(tx, domain=review.domain, text_id=text_id, note=note.strip()):
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="note_server_policy",
                subject=("server", review.domain),
            )
