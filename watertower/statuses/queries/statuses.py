"""Statuses: write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.base.json import to_json
from watertower.statuses.model import Visibility


@dataclass(frozen=True)
class NewPoll:
    """A poll to be written with its status."""

    options: Sequence[str]
    tallies: Sequence[int]
    expires_at: datetime | None
    is_multiple: bool = False
    hides_totals: bool = False
    voters_count: int | None = 0
    closed_at: datetime | None = None


@dataclass(frozen=True)
class NewStatus:
    """A status to be written.

    Ours have no `uri` yet: `uri_prefix` and `url_prefix` are put before the id, `suffix` behind it.
    """

    account_id: int
    visibility: Visibility
    created_at: datetime
    text: str = ""
    content_html: str = ""
    content_warning: str = ""
    is_sensitive: bool = False
    language: str | None = None
    in_reply_to_id: int | None = None
    in_reply_to_account_id: int | None = None
    reblog_of_id: int | None = None
    quoted_status_id: int | None = None
    quote_state: str | None = None
    quote_policy: str = "public"
    reply_policy: str = "public"
    content_type: str = "text/plain"
    conversation_id: int | None = None
    conversation_uri: str | None = None
    application_id: int | None = None
    media_ids: Sequence[int] = ()
    emojis: Sequence[Mapping[str, Any]] = ()
    is_local: bool = True
    is_local_only: bool = False
    has_media: bool = False
    uri: str | None = None
    url: str | None = None
    uri_prefix: str = ""
    url_prefix: str = ""
    suffix: str = ""
    edited_at: datetime | None = None
    poll: NewPoll | None = None


# Everything that belongs to a new status in one round trip: its conversation, its poll, and the
# counts of its author and of what it replies to. `DO NOTHING` is for what others send twice.
INSERT_STATUS = """
    WITH made AS MATERIALIZED (SELECT id_at($2) AS id, next_id() AS poll_id),
    talk AS (
        INSERT INTO conversations (uri)
        SELECT $18::text WHERE $17::bigint IS NULL
        ON CONFLICT (uri) DO UPDATE SET uri = excluded.uri
        RETURNING id
    ),
    new AS (
        INSERT INTO statuses (
            id, account_id, uri, url, text, content_html, content_warning, visibility,
            is_sensitive, language, in_reply_to_id, in_reply_to_account_id, reblog_of_id,
            quoted_status_id, quote_state, quote_policy, conversation_id, application_id,
            poll_id, media_ids, emojis, is_local, is_local_only, has_media, created_at, edited_at,
            reply_policy, content_type
        )
        SELECT made.id, $1, coalesce($25, $26 || made.id || $36), coalesce($27, $28 || made.id || $36), $3, $4,
               $5, $6, $7, $8, $9::bigint, $10, $11, $12::bigint, $13, $14,
               coalesce($17, (SELECT id FROM talk)), $16,
               CASE WHEN $29::text[] IS NOT NULL THEN made.poll_id END,
               $19, $20, $21, $22, $23, $2, $15, $37, $38
        FROM made
        ON CONFLICT DO NOTHING
        RETURNING id, poll_id, conversation_id
    ),
    asked AS (
        INSERT INTO polls (
            id, account_id, status_id, options, tallies, expires_at, is_multiple, hides_totals,
            voters_count, closed_at, created_at
        )
        SELECT new.poll_id, $1, new.id, $29, $30, $31, $32, $33, $34, $35, $2
        FROM new
        WHERE new.poll_id IS NOT NULL
    ),
    counted AS (
        INSERT INTO account_stats (account_id, statuses_count, last_status_at)
        SELECT $1, $24, $2 FROM new
        ON CONFLICT (account_id) DO UPDATE SET
            statuses_count = account_stats.statuses_count + excluded.statuses_count,
            last_status_at = greatest(account_stats.last_status_at, excluded.last_status_at)
    ),
    replied AS (
        INSERT INTO status_stats (status_id, replies_count)
        SELECT $9, 1 FROM new WHERE $9 IS NOT NULL AND $6 <= 1
        ON CONFLICT (status_id)
        DO UPDATE SET replies_count = status_stats.replies_count + 1
    ),
    boosted AS (
        INSERT INTO status_stats (status_id, reblogs_count)
        SELECT $11, 1 FROM new WHERE $11 IS NOT NULL
        ON CONFLICT (status_id)
        DO UPDATE SET reblogs_count = status_stats.reblogs_count + 1
    ),
    quoted AS (
        INSERT INTO status_stats (status_id, quotes_count)
        SELECT $12, 1 FROM new WHERE $13 = 'accepted' AND $6 <= 1
        ON CONFLICT (status_id)
        DO UPDATE SET quotes_count = status_stats.quotes_count + 1
    )
    SELECT id, poll_id, conversation_id FROM new
"""


@dataclass(frozen=True)
class Written:
    """The ids of a status that was just written."""

    status_id: int
    poll_id: int | None
    conversation_id: int


async def insert_status(tx: Transaction, new: NewStatus) -> Written | None:
    """Write a status and count it. None if its uri, or this boost, is there already.

    Its id has the time of `created_at`. Direct statuses are not counted on the profile, replies
    that not everybody may see not on what they reply to.
    """
    poll = new.poll
    row = await tx.fetch_one(
        INSERT_STATUS,
        new.account_id,  # $1
        new.created_at,
        new.text,
        new.content_html,
        new.content_warning,  # $5
        int(new.visibility),
        new.is_sensitive,
        new.language,
        new.in_reply_to_id,
        new.in_reply_to_account_id,  # $10
        new.reblog_of_id,
        new.quoted_status_id,
        new.quote_state,
        new.quote_policy,
        new.edited_at,  # $15
        new.application_id,
        new.conversation_id,
        new.conversation_uri,
        list(new.media_ids),
        to_json(new.emojis),  # $20
        new.is_local,
        new.is_local_only,
        new.has_media,
        int(new.visibility is not Visibility.DIRECT),
        new.uri,  # $25
        new.uri_prefix,
        new.url,
        new.url_prefix,
        None if poll is None else list(poll.options),
        None if poll is None else list(poll.tallies),  # $30
        None if poll is None else poll.expires_at,
        poll is not None and poll.is_multiple,
        poll is not None and poll.hides_totals,
        None if poll is None else poll.voters_count,
        None if poll is None else poll.closed_at,  # $35
        new.suffix,
        new.reply_policy,
        new.content_type,
    )
    return row and Written(row["id"], row["poll_id"], row["conversation_id"])
