"""Translate the texts of a post that everybody may read; each once for all who ask."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from watertower.base.context import Context
from watertower.base.errors import Unreachable
from watertower.base.json import to_json_bytes
from watertower.statuses.queries.translations import find_translation, upsert_translation
from watertower.statuses.translators import Translated, ask

KEPT = timedelta(days=30)
MOST_CHARACTERS = 50_000


async def translate(
    ctx: Context, *, texts: Sequence[str], source: str | None, target: str
) -> Translated:
    """HTML texts in another language, as the service gives them: not safe yet.

    Raises NoTranslator, and Unreachable when the service fails.
    """
    if sum(len(text) for text in texts) > MOST_CHARACTERS:
        raise Unreachable
    provider = ctx.settings.translation.provider
    digest = hashlib.sha256(to_json_bytes([provider, list(texts), source, target])).digest()
    async with ctx.reading() as tx:
        row = await find_translation(tx, digest=digest, since=ctx.now() - KEPT)
    if row is not None:
        return Translated(row["source"], row["texts"], row["provider"])
    try:
        found = await ask(ctx, texts=texts, source=source, target=target)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreachable from error  # it answered something else than it promises
    async with ctx.transaction() as tx:
        await upsert_translation(
            tx,
            digest=digest,
            source=found.source,
            texts=found.texts,
            provider=found.provider,
            at=ctx.now(),
            forget_before=ctx.now() - KEPT,
        )
    return found
