"""Which quote of a member an Accept or Reject is about: by the id of our question."""

import re

from watertower.base.context import Context
from watertower.federation.addresses import id_in_path, is_own
from watertower.federation.model import Actor, Document
from watertower.federation.queries.quotes import Quote, find_quote
from watertower.federation.reading import id_of

_REQUEST = re.compile(r"#quote_requests/([0-9]{1,19})")


async def quote_answered(ctx: Context, sender: Actor, activity: Document) -> Quote | None:
    """The quote, if we asked this sender about it; None if the answer is about something else."""
    uri = id_of(activity.get("object"))
    found = _REQUEST.search(uri) if uri is not None and is_own(ctx.settings, uri) else None
    status_id = None if found is None else id_in_path(found[1])
    if uri is None or found is None or status_id is None:
        return None
    async with ctx.reading() as tx:
        quote = await find_quote(tx, status_id=status_id)
    if (
        quote is None
        or not quote.is_local
        or quote.quoted_account_id != sender.id
        or f"{quote.author_uri}{found[0]}" != uri
    ):
        return None
    return quote
