"""Applications to join, as rows."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.sign_ups import Message, NetworkGroup, SignUp, State, state_of

# The neighbourhood of an address: what one hoster or household usually holds.
NETWORK = """
    network(set_masklen(l.sign_up_ip, CASE family(l.sign_up_ip) WHEN 4 THEN 24 ELSE 48 END))
"""
COLUMNS = f"""
    l.account_id, l.id AS login_id, a.username, l.email, host(l.sign_up_ip) AS ip, l.locale,
    l.sign_up_reason, l.confirmed_at, l.approved_at, l.created_at, i.account_id AS inviter_id,
    s.state, coalesce(s.reason, '') AS reason, s.decided_at, s.refused_by_account_id,
    s.appealed_at, s.forgotten_at, {NETWORK}::text AS network
"""
TABLES = """
    FROM logins l
    JOIN accounts a ON a.id = l.account_id AND a.deleted_at IS NULL
    LEFT JOIN invites i ON i.id = l.invite_id
    LEFT JOIN sign_ups s ON s.account_id = l.account_id
"""

FIND_SIGN_UP = f"SELECT {COLUMNS} {TABLES} WHERE l.account_id = $1"
LOCK_SIGN_UP = f"{FIND_SIGN_UP} FOR UPDATE OF l"


async def find_sign_up(tx: Reading, *, account_id: int) -> SignUp | None:
    """The application of this account; None for accounts without a login."""
    row = await tx.fetch_one(FIND_SIGN_UP, account_id)
    return row and sign_up_of(row)


async def lock_sign_up(tx: Transaction, *, account_id: int) -> SignUp | None:
    """The same, which nobody else changes until this transaction ends."""
    row = await tx.fetch_one(LOCK_SIGN_UP, account_id)
    return row and sign_up_of(row)


# Who waits longest comes first; those who did not confirm their address yet come last.
LIST_SIGN_UPS = f"""
    WITH waiting AS (
        SELECT {COLUMNS} {TABLES}
        WHERE l.approved_at IS NULL
    ), counted AS (
        SELECT w.*,
               CASE WHEN state = 'refused' THEN 'refused'
                    WHEN confirmed_at IS NULL THEN 'started'
                    ELSE coalesce(state, 'pending') END AS shown_state,
               count(*) FILTER (WHERE state IS DISTINCT FROM 'refused')
                   OVER (PARTITION BY w.network) AS alike
        FROM waiting w
    )
    SELECT * FROM counted
    WHERE shown_state = ANY($1::text[])
      AND ($2::text IS NULL OR network = $2)
    ORDER BY coalesce(appealed_at, confirmed_at, created_at), account_id
    LIMIT $3 OFFSET $4
"""


async def list_sign_ups(
    tx: Reading, *, states: Sequence[State], network: str | None, limit: int, offset: int
) -> list[SignUp]:
    """Applications in these states, the one that waits longest first."""
    rows = await tx.fetch_all(LIST_SIGN_UPS, list(states), network, limit, offset)
    return [sign_up_of(row, alike=row["alike"]) for row in rows]


COUNT_STATES = f"""
    SELECT CASE WHEN s.state = 'refused' THEN 'refused'
                WHEN l.confirmed_at IS NULL THEN 'started'
                ELSE coalesce(s.state, 'pending') END AS state,
           count(*) AS count
    {TABLES}
    WHERE l.approved_at IS NULL
    GROUP BY 1
"""


async def count_states(tx: Reading) -> dict[State, int]:
    """How many applications are in each state that is not over."""
    rows = await tx.fetch_all(COUNT_STATES)
    return {State(row["state"]): row["count"] for row in rows if row["state"] != "approved"}


LIST_NETWORKS = f"""
    SELECT {NETWORK}::text AS network, count(*) AS count, min(l.created_at) AS first_at,
           max(l.created_at) AS last_at
    {TABLES}
    WHERE l.approved_at IS NULL AND l.sign_up_ip IS NOT NULL
      AND s.state IS DISTINCT FROM 'refused'
    GROUP BY 1
    HAVING count(*) > 1
    ORDER BY count(*) DESC, 1
    LIMIT $1
"""


async def list_networks(tx: Reading, *, limit: int) -> list[NetworkGroup]:
    """Neighbourhoods from which more than one application waits, the largest first."""
    return [NetworkGroup(*row) for row in await tx.fetch_all(LIST_NETWORKS, limit)]


PUT_SIGN_UP = """
    INSERT INTO sign_ups AS s (account_id, state, reason, decided_at, decided_by_account_id,
                               refused_by_account_id, appealed_at, forgotten_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (account_id) DO UPDATE SET
        state = excluded.state, reason = excluded.reason, decided_at = excluded.decided_at,
        decided_by_account_id = excluded.decided_by_account_id,
        refused_by_account_id = coalesce(excluded.refused_by_account_id, s.refused_by_account_id),
        appealed_at = coalesce(excluded.appealed_at, s.appealed_at),
        forgotten_at = excluded.forgotten_at, reminded_stage = 0, updated_at = excluded.updated_at
"""


async def put_sign_up(
    tx: Transaction,
    *,
    account_id: int,
    state: State,
    at: datetime,
    reason: str = "",
    decided_by: int | None = None,
    is_decision: bool = False,
    appealed_at: datetime | None = None,
    forgotten_at: datetime | None = None,
) -> None:
    """Note where the application stands now."""
    await tx.execute(
        PUT_SIGN_UP,
        account_id,
        state.value,
        reason,
        at if is_decision else None,
        decided_by if is_decision else None,
        decided_by if state is State.REFUSED else None,
        appealed_at,
        forgotten_at,
        at,
    )


INSERT_MESSAGE = """
    INSERT INTO sign_up_messages (account_id, kind, author_account_id, text, created_at)
    VALUES ($1, $2, $3, $4, $5)
    RETURNING id
"""


async def insert_message(
    tx: Transaction, *, account_id: int, kind: str, author_id: int | None, text: str, at: datetime
) -> int:
    """Keep what was said; its id."""
    new_id: int = await tx.fetch_value(INSERT_MESSAGE, account_id, kind, author_id, text, at)
    return new_id


LIST_MESSAGES = """
    SELECT m.id, m.kind, m.author_account_id, coalesce(a.username, '') AS author, m.text,
           m.created_at
    FROM sign_up_messages m
    LEFT JOIN accounts a ON a.id = m.author_account_id
    WHERE m.account_id = $1 AND ($2 OR m.kind <> 'note')
    ORDER BY m.id
    LIMIT 500
"""


async def list_messages(tx: Reading, *, account_id: int, with_notes: bool) -> list[Message]:
    """What was said, oldest first; notes are for staff."""
    rows = await tx.fetch_all(LIST_MESSAGES, account_id, with_notes)
    return [Message(*row) for row in rows]


FIND_MESSAGE = """
    SELECT m.account_id, m.kind, m.text FROM sign_up_messages m WHERE m.id = $1
"""


async def find_message(tx: Reading, *, message_id: int) -> tuple[int, str, str] | None:
    """The applicant, kind and text of a message."""
    row = await tx.fetch_one(FIND_MESSAGE, message_id)
    return None if row is None else (row["account_id"], row["kind"], row["text"])


LIST_TO_FORGET = """
    SELECT s.account_id
    FROM sign_ups s
    JOIN logins l ON l.account_id = s.account_id AND l.approved_at IS NULL
    WHERE s.state = 'refused' AND s.forgotten_at <= $1
    ORDER BY s.forgotten_at
    LIMIT 500
"""


async def list_to_forget(tx: Reading, *, now: datetime) -> list[int]:
    """Accounts whose refusal became final."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_TO_FORGET, now)]


LIST_WAITING_SINCE = f"""
    SELECT l.account_id, coalesce(s.appealed_at, l.confirmed_at) AS since,
           coalesce(s.reminded_stage, 0) AS stage
    {TABLES}
    WHERE l.approved_at IS NULL AND l.confirmed_at IS NOT NULL
      AND coalesce(s.state, 'pending') IN ('pending', 'answered')
      AND coalesce(s.reminded_stage, 0) < 3
      AND coalesce(s.appealed_at, l.confirmed_at) < $1
    ORDER BY 2
    LIMIT 5000
"""


async def list_waiting_since(tx: Reading, *, before: datetime) -> list[tuple[int, datetime, int]]:
    """Applications that wait for us since before this: id, since when, how far we were reminded."""
    rows = await tx.fetch_all(LIST_WAITING_SINCE, before)
    return [(row["account_id"], row["since"], row["stage"]) for row in rows]


NOTE_REMINDED = """
    INSERT INTO sign_ups (account_id, reminded_stage, updated_at)
    SELECT id, stage, $3 FROM unnest($1::bigint[], $2::smallint[]) AS t (id, stage)
    ON CONFLICT (account_id) DO UPDATE SET reminded_stage = excluded.reminded_stage
"""


async def note_reminded(
    tx: Transaction, *, stages: Sequence[tuple[int, int]], at: datetime
) -> None:
    """Note how far staff was reminded of each."""
    await tx.execute(NOTE_REMINDED, [one for one, _ in stages], [stage for _, stage in stages], at)


def sign_up_of(row: Row, *, alike: int = 1) -> SignUp:
    """A row of COLUMNS as an application."""
    return SignUp(
        account_id=row["account_id"],
        login_id=row["login_id"],
        username=row["username"],
        email=row["email"],
        ip=row["ip"],
        locale=row["locale"],
        text=row["sign_up_reason"],
        state=state_of(
            is_approved=row["approved_at"] is not None,
            is_confirmed=row["confirmed_at"] is not None,
            noted=row["state"],
        ),
        reason=row["reason"],
        created_at=row["created_at"],
        confirmed_at=row["confirmed_at"],
        decided_at=row["decided_at"],
        refused_by_account_id=row["refused_by_account_id"],
        appealed_at=row["appealed_at"],
        forgotten_at=row["forgotten_at"],
        invited_by_account_id=row["inviter_id"],
        network=row["network"],
        alike=alike,
    )
