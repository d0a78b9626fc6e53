"""Times at which sign-up was made harder or closed, and who waits for the door to open."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.sign_up_gate import AbuseSignals, Gate

COLUMNS = """
    id, kind, level, reason, public_note, mode_before, opened_by_account_id, opened_at, looked_at,
    review_at, reminded_stage, ended_at, end_reason, announcement_id
"""

FIND_OPEN_GATE = f"SELECT {COLUMNS} FROM sign_up_gates WHERE kind = $1 AND ended_at IS NULL"


async def find_open_gate(tx: Reading, *, kind: str) -> Gate | None:
    """The friction or closing in force."""
    return _gate(await tx.fetch_one(FIND_OPEN_GATE, kind))


LOCK_OPEN_GATE = f"{FIND_OPEN_GATE} FOR UPDATE"


async def lock_open_gate(tx: Transaction, *, kind: str) -> Gate | None:
    """The same, held until the commit."""
    return _gate(await tx.fetch_one(LOCK_OPEN_GATE, kind))


INSERT_GATE = """
    INSERT INTO sign_up_gates (kind, level, reason, public_note, mode_before,
                               opened_by_account_id, opened_at, looked_at, review_at,
                               announcement_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
    ON CONFLICT (kind) WHERE ended_at IS NULL DO NOTHING
    RETURNING id
"""


async def insert_gate(
    tx: Transaction,
    *,
    kind: str,
    level: int,
    reason: str,
    public_note: str,
    mode_before: str,
    opened_by: int | None,
    at: datetime,
    review_at: datetime,
    announcement_id: int | None = None,
) -> int | None:
    """The id of the new row; None if one of this kind is in force."""
    found: int | None = await tx.fetch_value(
        INSERT_GATE,
        kind,
        level,
        reason,
        public_note,
        mode_before,
        opened_by,
        at,
        review_at,
        announcement_id,
    )
    return found


UPDATE_GATE = """
    UPDATE sign_up_gates
    SET level = $2, public_note = $3, looked_at = $4, review_at = $5, reminded_stage = 0
    WHERE id = $1 AND ended_at IS NULL
"""


async def update_gate(
    tx: Transaction,
    *,
    gate_id: int,
    level: int,
    public_note: str,
    at: datetime,
    review_at: datetime,
) -> bool:
    """Keep it in force until another time."""
    return bool(await tx.execute(UPDATE_GATE, gate_id, level, public_note, at, review_at))


UPDATE_GATE_REMINDED = "UPDATE sign_up_gates SET reminded_stage = $2 WHERE id = $1"


async def update_gate_reminded(tx: Transaction, *, gate_id: int, stage: int) -> None:
    """Note how often somebody was reminded to look again."""
    await tx.execute(UPDATE_GATE_REMINDED, gate_id, stage)


END_GATE = """
    UPDATE sign_up_gates SET ended_at = $2, ended_by_account_id = $3, end_reason = $4
    WHERE id = $1 AND ended_at IS NULL
"""


async def end_gate(
    tx: Transaction, *, gate_id: int, at: datetime, by: int | None, reason: str
) -> bool:
    """End it; whether it was in force."""
    return bool(await tx.execute(END_GATE, gate_id, at, by, reason))


INSERT_REVIEW = """
    INSERT INTO sign_up_gate_reviews (gate_id, reviewer_account_id, public_note, review_at, created_at)
    VALUES ($1, $2, $3, $4, $5)
"""


async def insert_review(
    tx: Transaction,
    *,
    gate_id: int,
    reviewer_id: int,
    public_note: str,
    review_at: datetime,
    at: datetime,
) -> None:
    """Note that somebody looked again and left the door closed."""
    await tx.execute(INSERT_REVIEW, gate_id, reviewer_id, public_note, review_at, at)


LIST_GATES = f"SELECT {COLUMNS} FROM sign_up_gates ORDER BY id DESC LIMIT $1"


async def list_gates(tx: Reading, *, limit: int) -> list[Gate]:
    """What happened to the door, newest first."""
    rows = await tx.fetch_all(LIST_GATES, limit)
    return [found for row in rows if (found := _gate(row)) is not None]


# A mail domain that many members had before is no signal, however many come with it.
FIND_SIGNALS = """
    WITH recent AS (
        SELECT set_masklen(sign_up_ip, CASE family(sign_up_ip) WHEN 4 THEN 24 ELSE 48 END) AS place,
               lower(split_part(email, '@', 2)) AS domain, sign_up_reason AS text
        FROM logins
        WHERE created_at > $1
    )
    SELECT
        coalesce((SELECT count(*) FROM recent WHERE place IS NOT NULL
                  GROUP BY network(place) ORDER BY 1 DESC LIMIT 1), 0) AS from_network,
        coalesce((SELECT count(*) FROM recent r
                  GROUP BY domain
                  HAVING count(*) >= $2 AND NOT EXISTS (
                      SELECT FROM logins l
                      WHERE l.created_at <= $1 AND l.approved_at IS NOT NULL
                        AND lower(split_part(l.email, '@', 2)) = r.domain)
                  ORDER BY 1 DESC LIMIT 1), 0) AS with_new_email_domain,
        coalesce((SELECT count(*) FROM recent WHERE length(text) >= 20
                  GROUP BY lower(text) ORDER BY 1 DESC LIMIT 1), 0) AS with_same_text
"""


async def find_signals(tx: Reading, *, since: datetime, least_with_domain: int) -> AbuseSignals:
    """What the sign-ups since then have in common, at most."""
    row = await tx.fetch_one(FIND_SIGNALS, since, least_with_domain)
    return AbuseSignals() if row is None else AbuseSignals(*row)


INSERT_WAITING = """
    INSERT INTO sign_up_waiting_list (email, network, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (lower(email)) DO UPDATE
        SET invited_at = NULL, created_at = excluded.created_at
        WHERE sign_up_waiting_list.invited_at IS NOT NULL
"""


async def insert_waiting(tx: Transaction, *, email: str, network: str, at: datetime) -> bool:
    """Put an address on the list; False if it waits already."""
    return bool(await tx.execute(INSERT_WAITING, email, network, at))


TAKE_WAITING = """
    UPDATE sign_up_waiting_list SET invited_at = $1
    WHERE id IN (
        SELECT id FROM sign_up_waiting_list WHERE invited_at IS NULL
        ORDER BY created_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, email, created_at
"""


async def take_waiting(tx: Transaction, *, at: datetime, most: int) -> list[tuple[int, str]]:
    """The next who are invited, in the order in which they came."""
    rows = await tx.fetch_all(TAKE_WAITING, at, most)
    return [(r["id"], r["email"]) for r in sorted(rows, key=lambda r: (r["created_at"], r["id"]))]


COUNT_WAITING = "SELECT count(*) FROM sign_up_waiting_list WHERE invited_at IS NULL"


async def count_waiting(tx: Reading) -> int:
    """How many wait."""
    found: int = await tx.fetch_value(COUNT_WAITING)
    return found


FIND_WAITING = "SELECT email FROM sign_up_waiting_list WHERE id = $1"


async def find_waiting(tx: Reading, *, waiting_id: int) -> str | None:
    """The address of one who waited."""
    found: str | None = await tx.fetch_value(FIND_WAITING, waiting_id)
    return found


DELETE_INVITED = "DELETE FROM sign_up_waiting_list WHERE invited_at < $1"


async def delete_invited(tx: Transaction, *, before: datetime) -> None:
    """Forget addresses that were invited long enough ago."""
    await tx.execute(DELETE_INVITED, before)


def _gate(row: Row | None) -> Gate | None:
    return None if row is None else Gate(*row)
