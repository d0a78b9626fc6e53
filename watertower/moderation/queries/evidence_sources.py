"""What evidence is taken of: posts with their edits and files, profiles, threads."""

from collections.abc import Sequence
from typing import Any

from watertower.base.db.transaction import Reading, Row
from watertower.base.json import from_json
from watertower.statuses.queries.visible import visible

_MEDIA = """
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'id', m.id::text, 'kind', m.kind, 'description', coalesce(m.description, ''),
            'key', coalesce(m.original_key, m.source_key), 'content_type', m.content_type,
            'remote_url', m.remote_url) ORDER BY m.id)
        FROM media_attachments m
        WHERE m.status_id = coalesce(s.reblog_of_id, s.id)
    ), '[]')
"""
LIST_FOR_EVIDENCE = f"""
    SELECT s.id, s.visibility, s.conversation_id, s.is_sensitive,
           {_MEDIA}::text AS media,
           jsonb_build_object(
               'id', s.id::text, 'uri', s.uri, 'url', coalesce(s.url, s.uri),
               'account_id', s.account_id::text,
               'author', a.username || coalesce('@' || a.domain, ''),
               'text', shown.text, 'html', shown.content_html,
               'content_warning', shown.content_warning,
               'is_sensitive', shown.is_sensitive, 'language', shown.language,
               'visibility', s.visibility, 'created_at', s.created_at,
               'edited_at', s.edited_at, 'deleted_at', s.deleted_at,
               'in_reply_to_id', s.in_reply_to_id::text,
               'reblog_of_id', s.reblog_of_id::text,
               'quoted_status_id', s.quoted_status_id::text,
               'poll', (SELECT jsonb_build_object('options', p.options, 'tallies', p.tallies)
                        FROM polls p WHERE p.id = shown.poll_id),
               'mentions', coalesce((
                   SELECT jsonb_agg(ma.username || coalesce('@' || ma.domain, '') ORDER BY ma.id)
                   FROM mentions x JOIN accounts ma ON ma.id = x.account_id
                   WHERE x.status_id = shown.id), '[]'),
               'edits', coalesce((
                   SELECT jsonb_agg(jsonb_build_object(
                       'text', e.text, 'html', e.content_html,
                       'content_warning', e.content_warning, 'media', e.media,
                       'poll_options', e.poll_options, 'created_at', e.created_at) ORDER BY e.id)
                   FROM status_edits e WHERE e.status_id = shown.id), '[]')
           )::text AS content
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    JOIN statuses shown ON shown.id = coalesce(s.reblog_of_id, s.id)
    WHERE s.id = ANY($1::bigint[])
    ORDER BY s.id
    LIMIT 200
"""


async def list_statuses_for_evidence(tx: Reading, *, status_ids: Sequence[int]) -> list[Row]:
    """Rows of id, visibility, conversation_id, content, media (both JSON); deleted ones too."""
    return await tx.fetch_all(LIST_FOR_EVIDENCE, list(status_ids))


FIND_PROFILE_FOR_EVIDENCE = """
    SELECT a.avatar_key, a.header_key, jsonb_build_object(
        'id', a.id::text, 'uri', a.uri, 'url', a.url, 'username', a.username, 'domain', a.domain,
        'display_name', a.display_name, 'note', a.note, 'note_html', a.note_html,
        'fields', a.fields, 'is_bot', a.is_bot, 'is_locked', a.is_locked,
        'also_known_as', a.also_known_as, 'created_at', a.created_at, 'updated_at', a.updated_at,
        'suspended_at', a.suspended_at, 'limited_at', a.limited_at,
        'avatar_remote_url', a.avatar_remote_url, 'header_remote_url', a.header_remote_url
    )::text AS content
    FROM accounts a
    WHERE a.id = $1
"""


async def find_profile_for_evidence(tx: Reading, *, account_id: int) -> Row | None:
    """Row of avatar_key, header_key, content (JSON)."""
    return await tx.fetch_one(FIND_PROFILE_FOR_EVIDENCE, account_id)


# What surrounds the posts, as far as the one who reports may see it; never direct messages, which
# are evidence only where somebody who has them hands them over.
LIST_THREAD_FOR_EVIDENCE = f"""
    SELECT jsonb_build_object(
        'id', s.id::text, 'uri', s.uri, 'in_reply_to_id', s.in_reply_to_id::text,
        'author', a.username || coalesce('@' || a.domain, ''), 'account_id', s.account_id::text,
        'text', s.text, 'html', s.content_html, 'content_warning', s.content_warning,
        'visibility', s.visibility, 'created_at', s.created_at
    )::text AS content
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.conversation_id = ANY($2::bigint[]) AND s.reblog_of_id IS NULL
      AND s.visibility < 3 AND NOT s.id = ANY($3::bigint[])
      AND {visible()}
    ORDER BY s.id
    LIMIT 60
"""


async def list_thread_for_evidence(
    tx: Reading,
    *,
    viewer_id: int | None,
    conversation_ids: Sequence[int],
    except_ids: Sequence[int],
) -> list[dict[str, Any]]:
    """The other posts of these threads that the viewer may see, oldest first, 60 at most."""
    rows = await tx.fetch_all(
        LIST_THREAD_FOR_EVIDENCE, viewer_id, list(conversation_ids), list(except_ids)
    )
    return [from_json(row["content"]) for row in rows]
