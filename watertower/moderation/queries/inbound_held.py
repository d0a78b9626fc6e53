"""What is held, and what rules did."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.ids import first_id_at
from watertower.base.paging import Page
from watertower.moderation.model.inbound import Held, Pile, Writer

FIND_WRITER = """
    SELECT a.created_at,
           (SELECT count(*) FROM (
               SELECT 1 FROM follows f JOIN logins l ON l.account_id = f.account_id
               WHERE f.target_account_id = a.id LIMIT 1
           ) one) AS followers_here,
           coalesce((SELECT software FROM server_facts WHERE domain = lower(a.domain)), '')
               AS software
    FROM accounts a WHERE a.id = $1
"""


async def find_writer(tx: Reading, *, account_id: int) -> Writer | None:
    """What rules ask about an account."""
    row = await tx.fetch_one(FIND_WRITER, account_id)
    return row and Writer(**row)


HAS_HELD = "SELECT EXISTS (SELECT 1 FROM inbound_held WHERE state = 'waiting')"


async def has_held(tx: Reading) -> bool:
    """Whether anything waits."""
    return bool(await tx.fetch_value(HAS_HELD))


# What is sent again while it waits replaces what waited; what was refused stays refused.
UPSERT_HELD = """
    INSERT INTO inbound_held
        (rule_id, rule_version, kind, account_id, domain, uri, received, announces, pile, sample,
         created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (account_id, uri, kind) DO UPDATE
    SET received = excluded.received, pile = excluded.pile, sample = excluded.sample
    WHERE inbound_held.state = 'waiting'
    RETURNING id
"""


async def upsert_held(
    tx: Transaction,
    *,
    rule_id: int,
    rule_version: int,
    kind: str,
    account_id: int,
    domain: str | None,
    uri: str,
    received: str,
    announces: bool,
    pile: int,
    sample: str,
    at: datetime,
) -> int | None:
    """Hold something; its id, None if it was decided about before."""
    found: int | None = await tx.fetch_value(
        UPSERT_HELD,
        rule_id,
        rule_version,
        kind,
        account_id,
        domain,
        uri,
        received,
        announces,
        pile,
        sample,
        at,
    )
    return found


HELD_COLUMNS = """
    h.id, h.rule_id, r.name AS rule_name, h.kind, h.account_id,
    a.username || coalesce('@' || a.domain, '') AS acct, h.domain, h.uri, h.pile, h.sample,
    h.state, h.status_id, h.created_at
"""
LIST_PILES = f"""
    WITH piles AS (
        SELECT pile, count(*) AS held_count, count(DISTINCT account_id) AS accounts_count,
               (array_agg(DISTINCT domain) FILTER (WHERE domain IS NOT NULL))[1:20] AS domains,
               min(created_at) AS first_at, max(id) AS last_id
        FROM inbound_held WHERE state = 'waiting'
        GROUP BY pile
        ORDER BY count(*) DESC, min(created_at)
        LIMIT $1
    )
    SELECT piles.held_count, piles.accounts_count, coalesce(piles.domains, '{{}}') AS domains,
           piles.first_at, {HELD_COLUMNS}
    FROM piles
    JOIN inbound_held h ON h.id = piles.last_id
    JOIN inbound_rules r ON r.id = h.rule_id
    JOIN accounts a ON a.id = h.account_id
    ORDER BY piles.held_count DESC, piles.first_at
"""


async def list_piles(tx: Reading, *, limit: int) -> list[Pile]:
    """What waits, nearly the same things together, the largest piles first."""
    piles = []
    for row in await tx.fetch_all(LIST_PILES, limit):
        values = dict(row)
        of_pile = {
            name: values.pop(name)
            for name in ("held_count", "accounts_count", "domains", "first_at")
        }
        piles.append(Pile(pile=row["pile"], last=Held(**values), **of_pile))
    return piles


LIST_HELD = f"""
    SELECT {HELD_COLUMNS}
    FROM inbound_held h
    JOIN inbound_rules r ON r.id = h.rule_id
    JOIN accounts a ON a.id = h.account_id
    WHERE h.state = 'waiting' AND h.pile = $1 AND h.id < $2 AND h.id > $3
    ORDER BY h.id DESC
    LIMIT $4
"""
LIST_HELD_UPWARDS = LIST_HELD.replace("DESC", "ASC")


async def list_held(tx: Reading, *, pile: int, page: Page) -> list[Held]:
    """What lies on a pile, newest first."""
    sql = LIST_HELD_UPWARDS if page.upwards else LIST_HELD
    rows = await tx.fetch_all(sql, pile, page.before_id, page.after_id, page.limit)
    return [Held(**row) for row in (rows[::-1] if page.upwards else rows)]


COUNT_HELD = "SELECT count(*) FROM inbound_held WHERE state = 'waiting'"


async def count_held(tx: Reading) -> int:
    """How much waits."""
    count: int = await tx.fetch_value(COUNT_HELD)
    return count


# `only` narrows a decision down to a few of the pile.
UPDATE_HELD_DECIDED = """
    UPDATE inbound_held
    SET state = $2, decided_at = $3, decided_by_account_id = $4,
        received = CASE WHEN $2 = 'refused' THEN '{}' ELSE received END
    WHERE state = 'waiting' AND pile = $1 AND ($5::bigint[] IS NULL OR id = ANY($5))
    RETURNING id
"""


async def update_held_decided(
    tx: Transaction,
    *,
    pile: int,
    state: str,
    at: datetime,
    by: int,
    only: Sequence[int] | None = None,
) -> list[int]:
    """Released or refused; what is refused is forgotten but for its first words. Answers the ids."""
    rows = await tx.fetch_all(
        UPDATE_HELD_DECIDED, pile, state, at, by, None if only is None else list(only)
    )
    return [row["id"] for row in rows]


TAKE_RELEASED = """
    SELECT id, kind, account_id, received, announces
    FROM inbound_held
    WHERE id = ANY($1::bigint[]) AND state = 'released' AND received <> '{}'
    ORDER BY id
    LIMIT 1000
"""


async def list_released(tx: Reading, *, held_ids: Sequence[int]) -> list[Row]:
    """What was released and is not written yet."""
    return await tx.fetch_all(TAKE_RELEASED, list(held_ids))


UPDATE_HELD_WRITTEN = """
    UPDATE inbound_held
    SET received = '{}', status_id = $2,
        state = CASE WHEN $2::bigint IS NULL THEN 'taken_back' ELSE state END
    WHERE id = $1
"""


async def update_held_written(tx: Transaction, *, held_id: int, status_id: int | None) -> None:
    """It is a status now; None: its author took it back or is gone."""
    await tx.execute(UPDATE_HELD_WRITTEN, held_id, status_id)


UPDATE_HELD_TAKEN_BACK = """
    UPDATE inbound_held SET state = 'taken_back', received = '{}', sample = '', decided_at = $3
    WHERE uri = $1 AND account_id = $2 AND state = 'waiting'
"""


async def update_held_taken_back(
    tx: Transaction, *, uri: str, account_id: int, at: datetime
) -> bool:
    """Its author deleted it before anybody decided."""
    return bool(await tx.execute(UPDATE_HELD_TAKEN_BACK, uri, account_id, at))


LIST_PAST = """
    SELECT s.id, s.account_id, a.username || coalesce('@' || a.domain, '') AS acct, a.domain,
           s.content_html, s.content_warning, s.language, s.has_media, s.visibility,
           s.created_at,
           (SELECT count(*) FROM mentions m WHERE m.status_id = s.id AND NOT m.is_silent)
               AS mentions_count,
           CASE WHEN s.has_media THEN ARRAY(
               SELECT ma.blurhash FROM media_attachments ma
               WHERE ma.status_id = s.id AND ma.blurhash IS NOT NULL
           ) ELSE '{}' END AS media_hashes
    FROM statuses s JOIN accounts a ON a.id = s.account_id
    WHERE s.id < $1 AND s.id > $2 AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
      AND ($3::boolean IS NULL OR s.is_local = $3)
    ORDER BY s.id DESC
    LIMIT $4
"""


async def list_past(
    tx: Reading, *, before_id: int, since: datetime, is_local: bool | None, limit: int
) -> list[Row]:
    """Posts of the last days as rules look at them, newest first."""
    return await tx.fetch_all(LIST_PAST, before_id, first_id_at(since), is_local, limit)
