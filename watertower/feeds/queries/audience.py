"""Whom of those who are looking a status concerns: for streams."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading
from watertower.feeds.model import Outline

FIND_OUTLINE = """
    SELECT s.account_id, a.domain, s.visibility, s.is_local, s.has_media, s.language,
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
    WHERE s.id = $1
"""


async def find_outline(tx: Reading, *, status_id: int) -> Outline | None:
    """The outline of a status, deleted ones too until they are swept."""
    row = await tx.fetch_one(FIND_OUTLINE, status_id)
    return row and Outline(*row.values())


# The same rules as the timeline of a list (timelines.py), asked from the other side.
LIST_LISTS_WITH_STATUS = """
    SELECT li.id
    FROM statuses s
    JOIN list_accounts la ON la.account_id = s.account_id
    JOIN lists li ON li.id = la.list_id
    LEFT JOIN follows f ON f.account_id = li.account_id AND f.target_account_id = s.account_id
    WHERE s.id = $1
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


async def list_lists_with_status(
    tx: Reading, *, status_id: int, list_ids: Sequence[int]
) -> set[int]:
    """In which of these lists a status stands. Whether its owner may see it is asked apart."""
    rows = await tx.fetch_all(LIST_LISTS_WITH_STATUS, status_id, list(list_ids))
    return {row["id"] for row in rows}


# For a status that is gone: homes have forgotten it, so we ask who may have had it.
LIST_WHO_HAD = """
    SELECT viewer.id
    FROM statuses s
    CROSS JOIN unnest($2::bigint[]) AS viewer(id)
    WHERE s.id = $1
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


async def list_who_had(tx: Reading, *, status_id: int, account_ids: Sequence[int]) -> set[int]:
    """Which of these accounts may have had a deleted status in their home."""
    rows = await tx.fetch_all(LIST_WHO_HAD, status_id, list(account_ids))
    return {row["id"] for row in rows}
