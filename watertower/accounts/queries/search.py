"""Search for accounts by words of their names, on a trigram index."""

from functools import cache

from watertower.base.db.transaction import Reading

MOST_WORDS = 4
# Of a name that very many have, so many are put in order. People one follows are always found.
MOST_FOUND = 1000
_NAMES = "folded(a.username || ' ' || a.display_name)"


@cache
def search_sql(words: int, *, only_following: bool, with_domain: bool) -> str:
    """The query for so many words: $1 viewer, $2 limit, $3 offset, $4 domain prefix, then words.

    Every word must occur, a word of one or two letters at the beginning of a name, because the
    index has nothing for shorter ones. Best first: the very user name, people one follows,
    names that begin so, then those with many followers.
    """
    conditions = []
    for place in range(5, 5 + words):
        word = f"${place}::text"
        conditions.append(
            f"({_NAMES} LIKE {word} || '%' OR {_NAMES} LIKE '% ' || {word} || '%'"
            f" OR (length({word}) > 2 AND {_NAMES} LIKE '%' || {word} || '%'))"
        )
    fits = " AND ".join(
        ["a.domain LIKE $4 || '%'" if with_domain else "$4::text IS NULL", *conditions]
    )
    followed = f"""
        SELECT a.id
        FROM (SELECT target_account_id FROM follows WHERE account_id = $1 OFFSET 0) mine
        JOIN accounts a ON a.id = mine.target_account_id
        WHERE {fits}
    """
    anybody = f"""
        (SELECT a.id FROM accounts a WHERE {fits} LIMIT {MOST_FOUND})
        UNION
        (SELECT a.id FROM accounts a WHERE lower(a.username) = replace($5::text, '\\', '') AND {fits})
        UNION
        ({followed})
    """
    return f"""
    WITH found AS MATERIALIZED ({followed if only_following else anybody})
    SELECT a.id
    FROM found
    JOIN accounts a ON a.id = found.id
    LEFT JOIN follows f ON f.account_id = $1 AND f.target_account_id = a.id
    LEFT JOIN account_stats s ON s.account_id = a.id
    LEFT JOIN logins l ON l.account_id = a.id
    WHERE a.id > 0  -- the server's own account is nobody to be found
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL AND a.moved_to_account_id IS NULL
      AND (l.id IS NULL OR l.approved_at IS NOT NULL)
    ORDER BY lower(a.username) LIKE $5::text DESC, f.id IS NOT NULL DESC,
             {_NAMES} LIKE $5::text || '%' DESC,
             coalesce(s.followers_count, 0) DESC, a.id
    LIMIT $2
    OFFSET $3
    """


def escaped(word: str) -> str:
    """A word that stands for itself in LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


FOLD = "SELECT folded($1::text)"


async def search_accounts(
    tx: Reading,
    *,
    words: str,
    domain: str | None,
    viewer_id: int | None,
    only_following: bool,
    limit: int,
    offset: int,
) -> list[int]:
    """Ids of accounts whose names have these words, best first. `domain`: its beginning."""
    folded: str = await tx.fetch_value(FOLD, words)
    wanted = [escaped(word) for word in folded.split()[:MOST_WORDS]]
    if not wanted:
        return []
    sql = search_sql(len(wanted), only_following=only_following, with_domain=domain is not None)
    prefix = None if domain is None else escaped(domain)
    rows = await tx.fetch_all(sql, viewer_id, limit, offset, prefix, *wanted)
    return [row["id"] for row in rows]
