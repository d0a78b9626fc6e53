"""Search in statuses: own, what one kept or was told, and public ones whose authors allow it.

What people here wrote is found by the full text index. Of other servers' statuses only a
member's library is searched (favourites, bookmarks, mentions): some hundred rows, read as they
are, so that their text needs no index.
"""

from functools import cache

from watertower.base.db.transaction import Reading
from watertower.feeds.model import StatusQuestion
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

# Exactly the expression of the index statuses_search.
_LOCAL_WORDS = "to_tsvector('simple', folded(s.content_warning || ' ' || s.text))"
_REMOTE_WORDS = (
    "to_tsvector('simple', folded(s.content_warning || ' ' || "
    "regexp_replace(s.content_html, '<[^>]+>', ' ', 'g')))"
)
_KEPT = """(
        EXISTS (SELECT 1 FROM favourites k WHERE k.account_id = $1 AND k.status_id = s.id)
        OR EXISTS (SELECT 1 FROM bookmarks k WHERE k.account_id = $1 AND k.status_id = s.id)
        OR EXISTS (SELECT 1 FROM mentions k WHERE k.account_id = $1 AND k.status_id = s.id)
    )"""

# $2 words, $3 from, $4 before, $5 after, $6 language, $7 media, $8 poll, $9 reply, $10 sensitive,
# $11 embed, $12 limit, $13 offset
_CONDITIONS = """
      AND ($3::bigint IS NULL OR s.account_id = $3)
      AND s.id < $4 AND s.id > $5
      AND ($6::text IS NULL OR s.language = $6)
      AND ($7::boolean IS NULL OR s.has_media = $7)
      AND ($8::boolean IS NULL OR (s.poll_id IS NOT NULL) = $8)
      AND ($9::boolean IS NULL OR (s.in_reply_to_id IS NOT NULL) = $9)
      AND ($10::boolean IS NULL OR s.is_sensitive = $10)
      AND ($11::boolean IS NULL OR (s.card_id IS NOT NULL) = $11)
"""


@cache
def search_sql(*, has_words: bool, only_library: bool, only_public: bool) -> str:
    """The source for one kind of question."""
    query = "websearch_to_tsquery('simple', folded($2))"
    local = f"AND {_LOCAL_WORDS} @@ {query}" if has_words else "AND $2::text IS NOT NULL"
    remote = f"AND {_REMOTE_WORDS} @@ {query}" if has_words else ""
    public = "(s.visibility = 0 AND a.is_indexable)"
    who = f"(s.account_id = $1 OR {_KEPT} {'' if only_library else 'OR ' + public})"
    if only_public:
        who = public
    return f"""
    SELECT id, id AS sort
    FROM (
        SELECT s.id
        FROM statuses s
        JOIN accounts a ON a.id = s.account_id
        WHERE s.is_local AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
          {local} {_CONDITIONS} AND {who}
        UNION
        SELECT s.id
        FROM (
            (SELECT status_id FROM favourites WHERE account_id = $1 ORDER BY id DESC LIMIT 500)
            UNION
            (SELECT status_id FROM bookmarks WHERE account_id = $1 ORDER BY id DESC LIMIT 500)
            UNION
            (SELECT status_id FROM mentions WHERE account_id = $1 ORDER BY status_id DESC LIMIT 500)
        ) kept
        JOIN statuses s ON s.id = kept.status_id
        WHERE NOT s.is_local AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
          AND NOT {"true" if only_public else "false"}
          {remote} {_CONDITIONS}
    ) found
    ORDER BY id DESC
    OFFSET $13
    LIMIT $12
    """


async def search_statuses(
    tx: Reading, *, viewer_id: int, question: StatusQuestion, limit: int, offset: int
) -> list[StatusLine]:
    """Statuses that answer the question, newest first, as far as the viewer may see them."""
    source = search_sql(
        has_words=bool(question.words),
        only_library=question.where == "library",
        only_public=question.where == "public",
    )
    return await list_lines(
        tx,
        source,
        question.words,
        question.from_account_id,
        question.before_id,
        question.after_id,
        question.language,
        question.has_media,
        question.has_poll,
        question.is_reply,
        question.is_sensitive,
        question.has_embed,
        limit,
        offset,
        viewer_id=viewer_id,
        only_wanted=True,
    )
