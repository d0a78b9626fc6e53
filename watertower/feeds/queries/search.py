"""Search in statuses: own, what one kept or was told, and public ones whose authors allow it.

What people here wrote is found by the full text index, the newest first: a common word stands in
so many statuses that looking at all would take seconds, so time is walked back in windows until
a page is full. Of a member's library (favourites, bookmarks, mentions) the newest some hundred
rows are read as they are, so that the text of other servers needs no index.
"""

import time
from functools import cache

from watertower.base.db.transaction import Reading
from watertower.feeds.model import StatusQuestion
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import BY_IDS, list_lines

# The index statuses_search holds exactly this expression: the words, who wrote them as '@id',
# and when as '~n', n counting stretches of 2^29 milliseconds (6.2 days).
STRETCH_BITS = 45
_INDEXED = (
    "(to_tsvector('simple', folded(s.content_warning || ' ' || s.text)) "
    f"|| array_to_tsvector(ARRAY['@' || s.account_id::text, '~' || (s.id >> {STRETCH_BITS})::text]))"
)
_WORDS = (
    "to_tsvector('simple', folded(s.content_warning || ' ' || CASE WHEN s.is_local THEN s.text "
    "ELSE regexp_replace(s.content_html, '<[^>]+>', ' ', 'g') END))"
)
_QUERY = "websearch_to_tsquery('simple', folded($2))"
# Two stretches first, eight times as many while that is quick, to ten years back or until it
# took so long: what was found by then is the answer.
FIRST_STRETCHES, MOST_STRETCHES = 2, 600
QUICK_SECONDS, LONGEST_SECONDS = 0.02, 0.5

# $1 viewer, $2 words, $3 from, $4 before, $5 after, $6 language, $7 media, $8 poll, $9 reply,
# $10 sensitive, $11 embed, $12 limit. The key is hidden from the planner (+ 0), which would
# read all of it for the bounds, or walk down it in search of the words.
_CONDITIONS = """
      AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
      AND ($3::bigint IS NULL OR s.account_id = $3)
      AND s.id + 0 < $4 AND s.id + 0 > $5
      AND ($6::text IS NULL OR s.language = $6)
      AND ($7::boolean IS NULL OR s.has_media = $7)
      AND ($8::boolean IS NULL OR (s.poll_id IS NOT NULL) = $8)
      AND ($9::boolean IS NULL OR (s.in_reply_to_id IS NOT NULL) = $9)
      AND ($10::boolean IS NULL OR s.is_sensitive = $10)
      AND ($11::boolean IS NULL OR (s.card_id IS NOT NULL) = $11)
"""


@cache
def indexed_sql(*, has_words: bool, is_own: bool) -> str:
    """Ids by the text index: what the viewer wrote, or what anybody may find; $13 narrows it."""
    words = f"{_QUERY} && $13::text::tsquery" if has_words else "$13::text::tsquery"
    asked = f"numnode({_QUERY}) > 0" if has_words else "$2::text IS NOT NULL"
    who = "s.account_id = $1" if is_own else "$1::bigint IS NOT NULL AND s.visibility = 0"
    # OFFSET 0: looked up for each status that was found, instead of reading all accounts.
    public = """CROSS JOIN LATERAL (
        SELECT id FROM accounts WHERE id = s.account_id AND is_indexable OFFSET 0
    ) a"""
    return f"""
    SELECT s.id
    FROM statuses s
    {"" if is_own else public}
    WHERE {asked} AND s.is_local AND {_INDEXED} @@ ({words}) AND {who} {_CONDITIONS}
    ORDER BY s.id + 0 DESC
    LIMIT $12
    """


@cache
def library_sql(*, has_words: bool) -> str:
    """Ids among what the viewer kept or was told, the newest of each."""
    words = f"{_WORDS} @@ {_QUERY}" if has_words else "$2::text IS NOT NULL"
    return f"""
    SELECT s.id
    FROM (
        (SELECT status_id FROM favourites WHERE account_id = $1 ORDER BY id DESC LIMIT 500)
        UNION
        (SELECT status_id FROM bookmarks WHERE account_id = $1 ORDER BY id DESC LIMIT 500)
        UNION
        (SELECT status_id FROM mentions WHERE account_id = $1 ORDER BY status_id DESC LIMIT 500)
    ) kept
    CROSS JOIN LATERAL (SELECT * FROM statuses WHERE id = kept.status_id OFFSET 0) s
    WHERE {words} {_CONDITIONS}
    ORDER BY s.id + 0 DESC
    LIMIT $12
    """


async def search_statuses(
    tx: Reading, *, viewer_id: int, question: StatusQuestion, limit: int, offset: int
) -> list[StatusLine]:
    """Statuses that answer the question, newest first, as far as the viewer may see them."""
    has_words, most = bool(question.words), limit + offset
    args = (
        viewer_id,
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
        most,
    )
    ids: set[int] = set()
    if question.where != "public":
        own = indexed_sql(has_words=has_words, is_own=True)
        ids.update(r["id"] for r in await tx.fetch_all(own, *args, f"'@{viewer_id}'"))
        kept = library_sql(has_words=has_words)
        ids.update(r["id"] for r in await tx.fetch_all(kept, *args))
    if question.where != "library":
        ids.update(await _public_ids(tx, question, args, most))
    page = sorted(ids, reverse=True)[offset:most]
    return await list_lines(tx, BY_IDS, page, viewer_id=viewer_id, only_wanted=True)


async def _public_ids(
    tx: Reading, question: StatusQuestion, args: tuple[object, ...], most: int
) -> list[int]:
    """The newest that anybody may find, window by window."""
    sql = indexed_sql(has_words=bool(question.words), is_own=False)
    by = f"'@{question.from_account_id}' & " if question.from_account_id is not None else ""
    begun = time.monotonic()
    # One more than now: the clocks of the database and of this process may differ.
    now = (int(time.time() * 1000) << 16 >> STRETCH_BITS) + 1
    upper = min(question.before_id >> STRETCH_BITS, now)
    oldest = max(question.after_id >> STRETCH_BITS, upper - MOST_STRETCHES)
    found: list[int] = []
    stretches = FIRST_STRETCHES
    while upper >= oldest and len(found) < most:
        started = time.monotonic()
        if started - begun > LONGEST_SECONDS:
            break
        looked_at = range(upper, max(upper - stretches, oldest - 1), -1)
        times = " | ".join(f"'~{stretch}'" for stretch in looked_at)
        found += [row["id"] for row in await tx.fetch_all(sql, *args, f"{by}({times})")]
        upper -= stretches
        stretches *= 8 if time.monotonic() - started < QUICK_SECONDS else 1
    return found
