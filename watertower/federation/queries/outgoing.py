"""Activities to be sent, and to whom: one row for each (activity, inbox)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class Audience:
    """Who hears of something, in the parts it is made of."""

    followers_of: int | None = None
    account_ids: Sequence[int] = ()
    named_in: int | None = None  # whom a status names
    reached_by: int | None = None  # who boosted, starred or answered a status, or quoted it
    known_to: int | None = None  # who has anything to do with an account: its followers and more
    inbox_urls: Sequence[str] = ()  # of relays
    has_suspended: bool = False  # also those whom we suspended: for what takes something away


# Shared inboxes where there are any; servers that we do not speak with are left out. Nothing is
# written when nobody elsewhere is concerned, or when the same was written before.
INSERT_OUTGOING = """
    WITH readers AS (
        SELECT f.account_id AS id FROM follows f WHERE f.target_account_id = $5
        UNION
        SELECT unnest($6::bigint[])
        UNION
        SELECT m.account_id FROM mentions m WHERE m.status_id = $7
        UNION
        SELECT v.account_id FROM favourites v WHERE v.status_id = $8
        UNION
        SELECT s.account_id FROM statuses s
        WHERE s.reblog_of_id = $8 OR s.in_reply_to_id = $8 OR s.quoted_status_id = $8
        UNION
        SELECT f.target_account_id FROM follows f WHERE f.account_id = $9
        UNION
        SELECT f.account_id FROM follows f WHERE f.target_account_id = $9
        UNION
        SELECT r.target_account_id FROM follow_requests r WHERE r.account_id = $9
    ), inboxes AS (
        SELECT DISTINCT coalesce(nullif(a.shared_inbox_url, ''), a.inbox_url) AS url
        FROM readers
        JOIN accounts a ON a.id = readers.id
        WHERE a.domain IS NOT NULL
          AND a.inbox_url <> ''
          AND a.deleted_at IS NULL
          AND ($12 OR a.suspended_at IS NULL OR a.suspended_by_origin)
          AND NOT coalesce((
              SELECT p.severity = 'suspend'
              FROM server_policies p
              WHERE p.is_decision
                AND p.domain = ANY(host_and_parents(a.domain))
                AND (p.covers_subdomains OR p.domain = lower(a.domain))
              ORDER BY length(p.domain) DESC
              LIMIT 1
          ), false)
          AND (NOT $10 OR EXISTS (
              SELECT 1 FROM server_policies p
              WHERE p.domain = ANY(host_and_parents(a.domain)) AND p.is_allowed
          ))
        UNION
        SELECT unnest($14::text[])
    ), activity AS (
        INSERT INTO outgoing_activities
            (account_id, document, once_key, object_uri, created_at, syncs_followers,
             status_id)
        SELECT $1, $2, $3, $4, $11, $13, $15
        WHERE EXISTS (SELECT 1 FROM inboxes)
        ON CONFLICT (once_key) DO NOTHING
        RETURNING id
    )
    INSERT INTO deliveries (activity_id, inbox_url, host, due_at)
    SELECT activity.id, inboxes.url,
           lower(split_part(split_part(inboxes.url, '://', 2), '/', 1)), $11
    FROM activity, inboxes
    RETURNING activity_id
"""
# An update that has not left yet is worth nothing once a newer one waits for the same inbox.
DELETE_SUPERSEDED = """
    DELETE FROM deliveries d
    USING outgoing_activities old, deliveries newer
    WHERE old.object_uri = $1
      AND old.id <> $2
      AND d.activity_id = old.id
      AND d.leased_until IS NULL
      AND newer.activity_id = $2
      AND newer.inbox_url = d.inbox_url
"""


async def insert_outgoing(
    tx: Transaction,
    *,
    account_id: int,
    document: bytes,
    once_key: str,
    audience: Audience,
    only_allowed: bool,
    at: datetime,
    object_uri: str | None = None,
    syncs_followers: bool = False,
    status_id: int | None = None,
) -> int:
    """Write an activity and its deliveries; answers how many inboxes it goes to.

    With an `object_uri` it takes the place of what still waits about the same object.
    """
    rows = await tx.fetch_all(
        INSERT_OUTGOING,
        account_id,
        document,
        once_key,
        object_uri,
        audience.followers_of,
        list(audience.account_ids),
        audience.named_in,
        audience.reached_by,
        audience.known_to,
        only_allowed,
        at,
        audience.has_suspended,
        syncs_followers,
        list(audience.inbox_urls),
        status_id,
    )
    if rows and object_uri is not None:
        await tx.execute(DELETE_SUPERSEDED, object_uri, rows[0]["activity_id"])
    return len(rows)


@dataclass(frozen=True)
class ToSend:
    """An activity as it goes over the wire, and who signs it."""

    id: int
    account_id: int
    document: bytes
    created_at: datetime
    syncs_followers: bool
    key_id: str | None
    private_pem: str | None


LIST_TO_SEND = """
    SELECT o.id, o.account_id, o.document, o.created_at, o.syncs_followers,
           k.key_id, k.private_pem
    FROM outgoing_activities o
    LEFT JOIN LATERAL (
        SELECT key_id, private_pem FROM account_keys
        WHERE account_id = o.account_id AND private_pem IS NOT NULL AND revoked_at IS NULL
        ORDER BY id DESC LIMIT 1
    ) k ON true
    WHERE o.id = ANY($1::bigint[])
"""


async def list_to_send(tx: Reading, *, activity_ids: Sequence[int]) -> dict[int, ToSend]:
    """Activities with their keys, by id."""
    rows = await tx.fetch_all(LIST_TO_SEND, list(activity_ids))
    return {row["id"]: ToSend(*row.values()) for row in rows}


DELETE_OLD_OUTGOING = """
    DELETE FROM outgoing_activities
    WHERE id IN (SELECT id FROM outgoing_activities WHERE created_at < $1 LIMIT $2)
"""


async def delete_old_outgoing(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Give up on what could not be delivered for so long, and forget what was."""
    return await tx.execute(DELETE_OLD_OUTGOING, before, limit)
