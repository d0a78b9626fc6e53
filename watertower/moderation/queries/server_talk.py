"""Requests about servers, addresses of those who run them, and what was written to and fro."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.server_talk import Contact, Notice, ServerRequest

_REQUEST = """
    r.id, r.domain, r.decision_id, r.kind, r.account_id, r.address, r.text, r.state,
    r.assigned_account_id, r.outcome, r.answer, r.due_at, r.created_at, r.answered_at,
    (SELECT a.username FROM accounts a WHERE a.id = r.account_id) AS asker_name
"""
INSERT_REQUEST = """
    INSERT INTO server_requests
        (domain, decision_id, kind, account_id, address, text, due_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (account_id, domain, kind) WHERE state <> 'answered' AND account_id IS NOT NULL
    DO NOTHING
    RETURNING id
"""


async def insert_request(
    tx: Transaction,
    *,
    domain: str,
    decision_id: int | None,
    kind: str,
    account_id: int | None,
    address: str,
    text: str,
    due_at: datetime,
    at: datetime,
) -> int | None:
    """Ask; None if the same member waits for an answer about this server already."""
    found: int | None = await tx.fetch_value(
        INSERT_REQUEST, domain, decision_id, kind, account_id, address, text, due_at, at
    )
    return found


FIND_REQUEST = f"SELECT {_REQUEST} FROM server_requests r WHERE r.id = $1 FOR UPDATE OF r"


async def find_request(tx: Transaction, *, request_id: int) -> ServerRequest | None:
    """One request, held until the transaction ends."""
    row = await tx.fetch_one(FIND_REQUEST, request_id)
    return row and ServerRequest(*row.values())


LIST_REQUESTS = f"""
    SELECT {_REQUEST} FROM server_requests r
    WHERE r.domain = $1 AND ($2::bigint IS NULL OR r.account_id = $2)
    ORDER BY r.id DESC
    LIMIT 200
"""
LIST_OPEN_REQUESTS = f"""
    SELECT {_REQUEST} FROM server_requests r
    WHERE r.state <> 'answered' ORDER BY r.due_at, r.id LIMIT 200
"""


async def list_requests(
    tx: Reading, *, domain: str, account_id: int | None = None
) -> list[ServerRequest]:
    """Requests about a server, latest first; only a member's own if one is given."""
    rows = await tx.fetch_all(LIST_REQUESTS, domain, account_id)
    return [ServerRequest(*row.values()) for row in rows]


async def list_open_requests(tx: Reading) -> list[ServerRequest]:
    """What waits for an answer, the first due first. Who shouts loudest is not before others."""
    rows = await tx.fetch_all(LIST_OPEN_REQUESTS)
    return [ServerRequest(*row.values()) for row in rows]


UPDATE_ASSIGNED = """
    UPDATE server_requests SET state = 'assigned', assigned_account_id = $2
    WHERE id = $1 AND state <> 'answered'
"""
UPDATE_ANSWERED = """
    UPDATE server_requests
    SET state = 'answered', outcome = $2, answer = $3, answered_at = $4,
        assigned_account_id = coalesce(assigned_account_id, $5)
    WHERE id = $1 AND state <> 'answered'
"""


async def update_assigned(tx: Transaction, *, request_id: int, account_id: int) -> bool:
    """Somebody takes it; False if it was answered."""
    return bool(await tx.execute(UPDATE_ASSIGNED, request_id, account_id))


async def update_answered(
    tx: Transaction, *, request_id: int, outcome: str, answer: str, at: datetime, by: int
) -> bool:
    """Answer; False if somebody did before."""
    return bool(await tx.execute(UPDATE_ANSWERED, request_id, outcome, answer, at, by))


UPSERT_CONTACT = """
    INSERT INTO server_contacts AS c (domain, address, source, created_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (domain, address) DO UPDATE
    SET source = coalesce(nullif(excluded.source, ''), c.source)
"""
DELETE_CONTACT = "DELETE FROM server_contacts WHERE domain = $1 AND id = $2"
LIST_CONTACTS = """
    SELECT id, address, source FROM server_contacts WHERE domain = $1 ORDER BY id LIMIT 50
"""


async def upsert_contact(
    tx: Transaction, *, domain: str, address: str, source: str, at: datetime
) -> None:
    """Keep an address and where it was published."""
    await tx.execute(UPSERT_CONTACT, domain, address, source, at)


async def delete_contact(tx: Transaction, *, domain: str, contact_id: int) -> bool:
    """Forget an address."""
    return bool(await tx.execute(DELETE_CONTACT, domain, contact_id))


async def list_contacts(tx: Reading, *, domain: str) -> list[Contact]:
    """Addresses of those who run a server."""
    return [Contact(*row.values()) for row in await tx.fetch_all(LIST_CONTACTS, domain)]


INSERT_NOTICE = """
    INSERT INTO server_notices
        (domain, decision_id, is_ours, address, author_account_id, text, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id
"""
# The same words to the same address within a minute are one message, sent twice.
HAS_SAME_NOTICE = """
    SELECT EXISTS (
        SELECT 1 FROM server_notices
        WHERE domain = $1 AND address = $2 AND text = $3 AND is_ours = $4
          AND created_at > $5::timestamptz - interval '1 minute'
    )
"""
LIST_NOTICES = """
    SELECT n.id, n.is_ours, n.address,
           (SELECT a.username FROM accounts a WHERE a.id = n.author_account_id) AS author_name,
           n.text, n.created_at, n.sent_at
    FROM server_notices n
    WHERE n.domain = $1
    ORDER BY n.id
    LIMIT 500
"""
FIND_NOTICE = "SELECT domain, address, text, sent_at FROM server_notices WHERE id = $1 AND is_ours"
UPDATE_SENT = "UPDATE server_notices SET sent_at = $2 WHERE id = $1"


async def insert_notice(
    tx: Transaction,
    *,
    domain: str,
    decision_id: int | None,
    is_ours: bool,
    address: str,
    author_id: int | None,
    text: str,
    at: datetime,
) -> int | None:
    """Keep a message; None for one that came twice."""
    if await tx.fetch_value(HAS_SAME_NOTICE, domain, address, text, is_ours, at):
        return None
    found: int = await tx.fetch_value(
        INSERT_NOTICE, domain, decision_id, is_ours, address, author_id, text, at
    )
    return found


async def list_notices(tx: Reading, *, domain: str) -> list[Notice]:
    """The correspondence with those who run a server, oldest first."""
    return [Notice(*row.values()) for row in await tx.fetch_all(LIST_NOTICES, domain)]


async def find_notice(
    tx: Reading, *, notice_id: int
) -> tuple[str, str, str, datetime | None] | None:
    """(domain, address, text, when it was sent) of a message of ours."""
    row = await tx.fetch_one(FIND_NOTICE, notice_id)
    return None if row is None else (row["domain"], row["address"], row["text"], row["sent_at"])


async def update_sent(tx: Transaction, *, notice_id: int, at: datetime) -> None:
    """Note that a message left."""
    await tx.execute(UPDATE_SENT, notice_id, at)
