"""Whom of those who are looking a status concerns: for streams."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading
from watertower.feeds.model import Outline

LIST_OUTLINES = """
    SELECT s.id, s.account_id, a.domain, s.visibility, s.is_local, s.has_media, s.language,
           s.reblog_of_id IS NOT NULL AS is_boost,
           s.in_reply_to_id IS NOT NULL
               AND s.in_reply_to_account_id IS DISTINCT FROM s.account_id AS is_reply,
           s.deleted_at IS NOT NULL AS is_deleted,
           a.suspended_at IS NULL AND a.limited_at IS NULL AS is_shown_to_all,
           ARRAY(
               SELECT t.name FROM status_tags st JOIN tags t ON t.id = st.tag_id
               WHERE st.status_id = s.id AND t.is_usable
           ) AS tags,
           ARRAY(
               SELECT m.account_id FROM mentions m WHERE m.status_id = s.id AND NOT m.is_silent
           ) AS mentioned_ids
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.id = ANY($1::bigint[])
"""


async def list_outlines(tx: Reading, *, status_ids: Sequence[int]) -> dict[int, Outline]:
    """The outlines of statuses by id, of deleted ones too until they are swept."""
    rows = await tx.fetch_all(LIST_OUTLINES, list(status_ids))
    return {row["id"]: Outline(*row.values()) for row in rows}


LIST_HOMES = """
    SELECT status_id, account_id FROM home_feed
    WHERE account_id = ANY($2::bigint[]) AND status_id = ANY($1::bigint[])
"""


async def list_homes(
    tx: Reading, *, status_ids: Sequence[int], account_ids: Sequence[int]
) -> list[tuple[int, int]]:
    """(status, account): which of these accounts have which of these statuses in their home."""
    rows = await tx.fetch_all(LIST_HOMES, list(status_ids), list(account_ids))
    return [(row["status_id"], row["account_id"]) for row in rows]


# The same rules as the timeline of a list (timelines.py), asked from the other side.
LIST_LISTS_WITH = """
    SELECT s.id, li.id AS list_id
    FROM statuses s
    JOIN list_accounts la ON la.account_id = s.account_id
    JOIN lists li ON li.id = la.list_id
    LEFT JOIN follows f ON f.account_id = li.account_id AND f.target_account_id = s.account_id
    WHERE s.id = ANY($1::bigint[])
      AND li.id = ANY($2::bigint[])
      AND s.visibility < 3
      AND (s.reblog_of_id IS NULL OR coalesce(f.shows_reblogs, true))
      AND (f.languages IS NULL OR s.language IS NULL OR s.language = ANY(f.languages))
      AND (
          s.in_reply_to_id IS NULL
          OR s.in_reply_to_account_id IN (s.account_id, li.account_id)
          OR (li.replies_policy = 'list' AND EXISTS (
              SELECT 1 FROM list_accounts lm
              WHERE lm.list_id = li.id AND lm.account_id = s.in_reply_to_account_id
          ))
          OR (li.replies_policy = 'followed' AND EXISTS (
              SELECT 1 FROM follows lf
              WHERE lf.account_id = li.account_id
                AND lf.target_account_id = s.in_reply_to_account_id
          ))
      )
"""


async def list_lists_with(
    tx: Reading, *, status_ids: Sequence[int], list_ids: Sequence[int]
) -> list[tuple[int, int]]:
    """(status, list): in which of these lists a status stands. Its owner's right is asked apart."""
    rows = await tx.fetch_all(LIST_LISTS_WITH, list(status_ids), list(list_ids))
    return [(row["id"], row["list_id"]) for row in rows]


# For a status that is gone: homes have forgotten it, so we ask who may have had it.
LIST_WHO_HAD = """
    SELECT s.id, viewer.id AS account_id
    FROM statuses s
    CROSS JOIN unnest($2::bigint[]) AS viewer(id)
    WHERE s.id = ANY($1::bigint[])
      AND (
          viewer.id = s.account_id
          OR (s.visibility < 3 AND EXISTS (
              SELECT 1 FROM follows f
              WHERE f.account_id = viewer.id AND f.target_account_id = s.account_id
          ))
          OR EXISTS (
              SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = viewer.id
          )
          OR (s.visibility = 0 AND EXISTS (
              SELECT 1 FROM status_tags st JOIN tag_follows tf ON tf.tag_id = st.tag_id
              WHERE st.status_id = s.id AND tf.account_id = viewer.id
          ))
      )
      AND NOT EXISTS (
          SELECT 1 FROM blocks b
          WHERE b.account_id = s.account_id AND b.target_account_id = viewer.id
      )
"""


async def list_who_had(
    tx: Reading, *, status_ids: Sequence[int], account_ids: Sequence[int]
) -> list[tuple[int, int]]:
    """(status, account): which of these accounts may have had a deleted status in their home."""
    rows = await tx.fetch_all(LIST_WHO_HAD, list(status_ids), list(account_ids))
    return [(row["id"], row["account_id"]) for row in rows]
