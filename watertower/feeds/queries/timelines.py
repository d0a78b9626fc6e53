"""Timelines that are read from the statuses themselves: public, by tag, by list.

Sources for statuses/queries/lines.py. What would leave a page half empty is decided here, before
the limit: muted and blocked authors, authors of limited reach, languages.
"""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading
from watertower.base.paging import Page
from watertower.feeds.model import TagChoice
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines
from watertower.statuses.queries.visible import wanted

# Authors of limited reach are shown to themselves and their followers.
_SHOWN = f"""
      AND a.suspended_at IS NULL
      AND (a.limited_at IS NULL OR s.account_id = $1 OR EXISTS (
          SELECT 1 FROM follows lim_f
          WHERE lim_f.account_id = $1 AND lim_f.target_account_id = s.account_id
      ))
      AND ($1::bigint IS NOT NULL OR NOT s.is_local_only)
      AND {wanted()}
"""


def public_source(where: str) -> str:
    """The newest public statuses that are no replies to others, with one more condition."""
    return f"""
    SELECT s.id
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE {where} AND s.visibility = 0 AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
      AND s.id < $2 AND s.id > $3
      AND (s.in_reply_to_id IS NULL OR s.in_reply_to_account_id = s.account_id)
      AND (NOT $5::boolean OR s.has_media)
      AND ($6::text[] IS NULL OR s.language IS NULL OR s.language = ANY($6::text[]))
      {_SHOWN}
    ORDER BY s.id DESC
    LIMIT $4
    """


PUBLIC_LOCAL = f"SELECT id, id AS sort FROM ({public_source('s.is_local')}) found"
PUBLIC_REMOTE = f"SELECT id, id AS sort FROM ({public_source('NOT s.is_local')}) found"
PUBLIC_ALL = f"""
    SELECT id, id AS sort
    FROM (({public_source("s.is_local")}) UNION ALL ({public_source("NOT s.is_local")})) found
    ORDER BY id DESC
    LIMIT $4
"""
_PUBLIC = {"all": PUBLIC_ALL, "local": PUBLIC_LOCAL, "remote": PUBLIC_REMOTE}


def turned(source: str, page: Page) -> str:
    """A source for pages that are read from their older end."""
    return source.replace("DESC", "ASC") if page.upwards else source


async def list_public(
    tx: Reading,
    *,
    viewer_id: int | None,
    page: Page,
    origin: str = "all",
    only_media: bool = False,
    languages: Sequence[str] | None = None,
) -> list[StatusLine]:
    """A page of public statuses that are no replies; `origin` is all, local or remote."""
    return await list_lines(
        tx,
        turned(_PUBLIC[origin], page),
        page.before_id,
        page.after_id,
        page.limit,
        only_media,
        languages and list(languages),
        viewer_id=viewer_id,
    )


# Each tag gives its own newest, in the order of its index, so that a common tag costs no more
# than a rare one.
TAGGED = f"""
    SELECT id, id AS sort
    FROM (
        SELECT DISTINCT found.id
        FROM tags t
        CROSS JOIN LATERAL (
            SELECT st.status_id AS id
            FROM status_tags st
            JOIN statuses s ON s.id = st.status_id
            JOIN accounts a ON a.id = s.account_id
            WHERE st.tag_id = t.id
              AND st.status_id < $2 AND st.status_id > $3
              AND s.visibility = 0 AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
              AND (NOT $5::boolean OR s.has_media)
              AND ($6::text[] IS NULL OR s.language IS NULL OR s.language = ANY($6::text[]))
              AND ($10::boolean IS NULL OR s.is_local = $10)
              AND NOT EXISTS (
                  SELECT 1 FROM unnest($8::text[]) AS must(name)
                  WHERE NOT EXISTS (
                      SELECT 1 FROM status_tags has JOIN tags ht ON ht.id = has.tag_id
                      WHERE has.status_id = st.status_id AND ht.name = must.name
                  )
              )
              AND NOT EXISTS (
                  SELECT 1 FROM status_tags bad JOIN tags bt ON bt.id = bad.tag_id
                  WHERE bad.status_id = st.status_id AND bt.name = ANY($9::text[])
              )
              {_SHOWN}
            ORDER BY st.status_id DESC
            LIMIT $4
        ) found
        WHERE t.name = ANY($7::text[]) AND t.is_usable
    ) merged
    ORDER BY id DESC
    LIMIT $4
"""


async def list_tagged(
    tx: Reading,
    *,
    viewer_id: int | None,
    page: Page,
    tags: TagChoice,
    is_local: bool | None = None,
    only_media: bool = False,
    languages: Sequence[str] | None = None,
) -> list[StatusLine]:
    """A page of public statuses with these tags."""
    return await list_lines(
        tx,
        turned(TAGGED, page),
        page.before_id,
        page.after_id,
        page.limit,
        only_media,
        languages and list(languages),
        list(tags.any_of),
        list(tags.all_of),
        list(tags.none_of),
        is_local,
        viewer_id=viewer_id,
    )


# On read, because lists are looked at rarely: each account of the list gives its own newest.
IN_LIST = f"""
    SELECT found.id, found.id AS sort
    FROM lists li
    JOIN list_accounts la ON la.list_id = li.id
    LEFT JOIN follows f ON f.account_id = li.account_id AND f.target_account_id = la.account_id
    CROSS JOIN LATERAL (
        SELECT s.id
        FROM statuses s
        JOIN accounts a ON a.id = s.account_id
        WHERE s.account_id = la.account_id
          AND s.deleted_at IS NULL
          AND s.visibility < 3
          AND s.id < $2 AND s.id > $3
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
          AND {wanted()}
        ORDER BY s.id DESC
        LIMIT $4
    ) found
    WHERE li.id = $5 AND li.account_id = $1
    ORDER BY found.id DESC
    LIMIT $4
"""


async def list_in_list(tx: Reading, *, owner_id: int, list_id: int, page: Page) -> list[StatusLine]:
    """A page of what the accounts of a list posted and boosted."""
    return await list_lines(
        tx,
        turned(IN_LIST, page),
        page.before_id,
        page.after_id,
        page.limit,
        list_id,
        viewer_id=owner_id,
        only_wanted=True,
    )
