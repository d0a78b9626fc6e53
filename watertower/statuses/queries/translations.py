"""What a translation service answered before."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction

FIND_TRANSLATION = """
    SELECT source, texts, provider FROM translations WHERE digest = $1 AND created_at > $2
"""


async def find_translation(tx: Reading, *, digest: bytes, since: datetime) -> Row | None:
    """The answer, unless it is too old."""
    return await tx.fetch_one(FIND_TRANSLATION, digest, since)


UPSERT_TRANSLATION = """
    INSERT INTO translations (digest, source, texts, provider, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (digest) DO UPDATE
    SET source = excluded.source, texts = excluded.texts, provider = excluded.provider,
        created_at = excluded.created_at
"""
DELETE_OLD_TRANSLATIONS = """
    DELETE FROM translations WHERE digest IN (
        SELECT digest FROM translations WHERE created_at < $1 LIMIT 100
    )
"""


async def upsert_translation(
    tx: Transaction,
    *,
    digest: bytes,
    source: str,
    texts: Sequence[str],
    provider: str,
    at: datetime,
    forget_before: datetime,
) -> None:
    """Keep an answer, and let go of a few old ones."""
    await tx.execute(UPSERT_TRANSLATION, digest, source, list(texts), provider, at)
    await tx.execute(DELETE_OLD_TRANSLATIONS, forget_before)
