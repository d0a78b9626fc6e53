"""Private exchanges as each member sees them: who is in it, what came last, whether it is new."""

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.feeds.model import InboxConversation

# One row for each member who takes part and each set of other people. Only the newest 200
# statuses are remembered, which is what deleting one needs to find the next to show.
UPSERT_CONVERSATIONS = """
    WITH s AS (
        SELECT id, account_id, conversation_id
        FROM statuses
        WHERE id = $1 AND visibility = 3 AND reblog_of_id IS NULL AND deleted_at IS NULL
    ), people AS (
        SELECT account_id AS id FROM s
        UNION
        SELECT m.account_id FROM mentions m JOIN s ON s.id = m.status_id WHERE NOT m.is_silent
    )
    INSERT INTO inbox_conversations AS c
        (account_id, conversation_id, participant_ids, status_ids, last_status_id, is_unread)
    SELECT l.account_id, s.conversation_id,
           coalesce((SELECT array_agg(o.id ORDER BY o.id) FROM people o WHERE o.id <> p.id), '{}'),
           ARRAY[s.id], s.id, s.account_id <> p.id
    FROM s
    CROSS JOIN people p
    JOIN logins l ON l.account_id = p.id
    WHERE NOT EXISTS (
              SELECT 1 FROM blocks b
              WHERE b.account_id = p.id AND b.target_account_id = s.account_id
          )
      AND NOT EXISTS (
              SELECT 1 FROM mutes m
              WHERE m.account_id = p.id AND m.target_account_id = s.account_id
                AND m.hides_notifications AND (m.expires_at IS NULL OR m.expires_at > now())
          )
    ORDER BY p.id
    ON CONFLICT (account_id, conversation_id, participant_ids) DO UPDATE SET
        status_ids = (
            SELECT array_agg(kept.id ORDER BY kept.id)
            FROM (
                SELECT DISTINCT id FROM unnest(c.status_ids || excluded.status_ids) AS id
                ORDER BY id DESC
                LIMIT 200
            ) kept
        ),
        last_status_id = greatest(c.last_status_id, excluded.last_status_id),
        is_unread = excluded.is_unread
    WHERE NOT c.status_ids @> excluded.status_ids
    RETURNING id, account_id
"""


async def upsert_conversations(tx: Transaction, *, status_id: int) -> list[tuple[int, int]]:
    """Add a private status to the conversations of its members; (conversation, account) changed."""
    rows = await tx.fetch_all(UPSERT_CONVERSATIONS, status_id)
    return [(row["id"], row["account_id"]) for row in rows]


# By the few people who can have it: author and mentioned, with their conversations of that kind.
DELETE_STATUS_FROM_CONVERSATIONS = """
    WITH touched AS (
        UPDATE inbox_conversations c
        SET status_ids = array_remove(c.status_ids, $1),
            last_status_id = (
                SELECT max(id) FROM unnest(c.status_ids) AS id WHERE id <> $1
            )
        WHERE c.conversation_id = (SELECT conversation_id FROM statuses WHERE id = $1)
          AND c.status_ids @> ARRAY[$1]::bigint[]
        RETURNING c.id, c.last_status_id
    )
    SELECT id FROM touched WHERE last_status_id IS NULL
"""
DELETE_CONVERSATIONS = "DELETE FROM inbox_conversations WHERE id = ANY($1::bigint[])"


async def delete_status_from_conversations(tx: Transaction, *, status_id: int) -> None:
    """Take a deleted status out; a conversation with nothing left goes away."""
    rows = await tx.fetch_all(DELETE_STATUS_FROM_CONVERSATIONS, status_id)
    if rows:
        await tx.execute(DELETE_CONVERSATIONS, [row["id"] for row in rows])


COLUMNS = "c.id, c.participant_ids, c.last_status_id, c.is_unread"

LIST_CONVERSATIONS = f"""
    SELECT {COLUMNS}
    FROM inbox_conversations c
    WHERE c.account_id = $1 AND c.last_status_id < $2 AND c.last_status_id > $3
    ORDER BY c.last_status_id DESC
    LIMIT $4
"""
LIST_CONVERSATIONS_UPWARDS = LIST_CONVERSATIONS.replace("DESC", "ASC")


async def list_conversations(
    tx: Reading, *, account_id: int, page: Page
) -> list[InboxConversation]:
    """A page of a member's conversations, by their last status, newest first."""
    sql = LIST_CONVERSATIONS_UPWARDS if page.upwards else LIST_CONVERSATIONS
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    found = [_conversation_of(row) for row in rows]
    return found[::-1] if page.upwards else found


FIND_CONVERSATION = f"""
    SELECT {COLUMNS} FROM inbox_conversations c WHERE c.account_id = $1 AND c.id = $2
"""


async def find_conversation(
    tx: Reading, *, account_id: int, inbox_conversation_id: int
) -> InboxConversation | None:
    """A member's conversation."""
    row = await tx.fetch_one(FIND_CONVERSATION, account_id, inbox_conversation_id)
    return None if row is None else _conversation_of(row)


UPDATE_CONVERSATION_UNREAD = f"""
    UPDATE inbox_conversations c SET is_unread = $3
    WHERE c.account_id = $1 AND c.id = $2
    RETURNING {COLUMNS}
"""


async def update_conversation_unread(
    tx: Transaction, *, account_id: int, inbox_conversation_id: int, is_unread: bool
) -> InboxConversation | None:
    """Mark as read or unread; None if the member has no such conversation."""
    row = await tx.fetch_one(
        UPDATE_CONVERSATION_UNREAD, account_id, inbox_conversation_id, is_unread
    )
    return None if row is None else _conversation_of(row)


DELETE_CONVERSATION = "DELETE FROM inbox_conversations WHERE account_id = $1 AND id = $2"


async def delete_conversation(
    tx: Transaction, *, account_id: int, inbox_conversation_id: int
) -> int:
    """Take a conversation out of the list; its statuses stay."""
    return await tx.execute(DELETE_CONVERSATION, account_id, inbox_conversation_id)


DELETE_CONVERSATIONS_WITH = """
    DELETE FROM inbox_conversations WHERE account_id = $1 AND participant_ids = ARRAY[$2]::bigint[]
"""


async def delete_conversations_with(tx: Transaction, *, account_id: int, other_id: int) -> int:
    """Take the exchanges with one person alone out of a member's list."""
    return await tx.execute(DELETE_CONVERSATIONS_WITH, account_id, other_id)


def _conversation_of(row: Row) -> InboxConversation:
    return InboxConversation(
        row["id"], row["participant_ids"], row["last_status_id"], row["is_unread"]
    )
