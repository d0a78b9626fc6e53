"""Whether an author elsewhere really lets a status quote hers: her server's stamp (FEP-044f)."""

from watertower.base.context import Context
from watertower.federation.addresses import is_own
from watertower.federation.errors import DocumentGone, DocumentRefused, ServerRefused
from watertower.federation.queries.known import has_tombstone
from watertower.federation.queries.quotes import Quote, find_stamp_of, upsert_stamp
from watertower.federation.reading import id_of, kind_of, same_host
from watertower.federation.remote.fetch_document import fetch_document
from watertower.statuses.actions.settle_quote import settle_quote


async def judge_stamp(ctx: Context, quote: Quote, stamp_uri: str) -> bool:
    """Look at the stamp and settle the quote by it. Raises Unreachable when it cannot be had now.

    What its author took back stays so.
    """
    if quote.state == "revoked":
        return False
    if quote.quoted_is_local:
        async with ctx.reading() as tx:
            own = await find_stamp_of(tx, quoting_uri=quote.uri, quoted_id=quote.quoted_id)
        is_good = own is not None and own.uri == stamp_uri and not own.is_revoked
    else:
        is_good = await _is_good(ctx, quote, stamp_uri)
        if is_good:
            async with ctx.transaction() as tx:
                await upsert_stamp(
                    tx,
                    uri=stamp_uri,
                    quoting_uri=quote.uri,
                    quoted_id=quote.quoted_id,
                    at=ctx.now(),
                )
    await settle_quote(ctx, status_id=quote.status_id, state="accepted" if is_good else "rejected")
    return is_good


async def _is_good(ctx: Context, quote: Quote, stamp_uri: str) -> bool:
    """A stamp is its author's: on her host, by her, and for exactly these two statuses."""
    if not same_host(stamp_uri, quote.quoted_author_uri) or is_own(ctx.settings, stamp_uri):
        return False
    async with ctx.reading() as tx:
        if await has_tombstone(tx, uri=stamp_uri):
            return False
    try:
        fetched = await fetch_document(ctx, stamp_uri)
    except (DocumentGone, DocumentRefused, ServerRefused):
        return False
    stamp = fetched.document
    return (
        fetched.id == stamp_uri
        and kind_of(stamp, ("QuoteAuthorization",)) is not None
        and id_of(stamp.get("attributedTo")) == quote.quoted_author_uri
        and id_of(stamp.get("interactingObject")) == quote.uri
        and id_of(stamp.get("interactionTarget")) == quote.quoted_uri
    )
