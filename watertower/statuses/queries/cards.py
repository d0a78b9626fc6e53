"""Preview cards: what the page behind a link is, one row for all statuses with that link."""

from dataclasses import dataclass, fields
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class CardContent:
    """What a page says about itself, cut to size."""

    kind: str = "link"
    title: str = ""
    description: str = ""
    language: str | None = None
    author_name: str = ""
    author_url: str = ""
    provider_name: str = ""
    provider_url: str = ""
    width: int = 0
    height: int = 0
    image_key: str | None = None
    image_description: str = ""
    blurhash: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class Card:
    """A card and how far we are with it."""

    id: int
    state: str
    fetched_at: datetime | None
    image_key: str | None


UPSERT_CARD = """
    INSERT INTO preview_cards (url) VALUES ($1)
    ON CONFLICT (url) DO UPDATE SET url = excluded.url
    RETURNING id, state, fetched_at, image_key
"""


async def upsert_card(tx: Transaction, *, url: str) -> Card:
    """The card of this address, made when there is none."""
    row = await tx.fetch_one(UPSERT_CARD, url)
    assert row is not None  # noqa: S101  # an upsert always answers
    return Card(*row)


CLAIM_CARD = """
    UPDATE preview_cards SET fetched_at = $2::timestamptz
    WHERE id = $1 AND (
        fetched_at IS NULL
        OR fetched_at < $2::timestamptz - CASE state
            WHEN 'wanted' THEN interval '2 minutes'
            WHEN 'none' THEN interval '1 day'
            ELSE interval '14 days'
        END
    )
"""


async def claim_card(tx: Transaction, *, card_id: int, at: datetime) -> bool:
    """Whether the page should be fetched, and by us: never, a while ago, or given up."""
    return bool(await tx.execute(CLAIM_CARD, card_id, at))


_NAMES = tuple(f.name for f in fields(CardContent))

UPDATE_CARD_CONTENT = f"""
    UPDATE preview_cards
    SET state = $2, fetched_at = $3,
        {", ".join(f"{name} = ${n}" for n, name in enumerate(_NAMES, 4))}
    WHERE id = $1
"""


async def update_card_content(
    tx: Transaction, *, card_id: int, content: CardContent | None, at: datetime
) -> None:
    """Keep what was found; None: the page cannot be shown as a card."""
    found = content or CardContent()
    state = "none" if content is None else "fetched"
    values = [getattr(found, name) for name in _NAMES]
    await tx.execute(UPDATE_CARD_CONTENT, card_id, state, at, *values)


UPDATE_CARD = """
    UPDATE statuses SET card_id = $2, version = version + 1
    WHERE id = $1 AND deleted_at IS NULL AND card_id IS DISTINCT FROM $2
"""


async def update_card(tx: Transaction, *, status_id: int, card_id: int | None) -> bool:
    """Give the status this card, or none; False if nothing changed."""
    return bool(await tx.execute(UPDATE_CARD, status_id, card_id))


FIND_HTML = """
    SELECT content_html FROM statuses
    WHERE id = $1 AND deleted_at IS NULL AND reblog_of_id IS NULL
"""


async def find_linking_html(tx: Reading, *, status_id: int) -> str | None:
    """The HTML of a status that may have a card; None if it is gone."""
    html: str | None = await tx.fetch_value(FIND_HTML, status_id)
    return html
