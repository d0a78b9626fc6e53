"""Lists of cases: the queue and the search, one query each, in pages by key."""

from dataclasses import fields
from datetime import datetime

from watertower.base.db.transaction import Reading, Row
from watertower.moderation.model.case_search import CaseLine, CaseSearch
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.case_walls import unhidden

_LINE = """
    SELECT c.id, c.kind, c.state, c.title, a.username, a.domain, c.target_domain, c.language,
           c.tags, c.scope, c.severity, c.is_escalating, c.is_time_critical, c.is_graphic,
           c.asks_for_money, m.username AS assigned_to, c.due_at, c.outcome, c.created_at,
           c.closed_at, coalesce(r.reports, 0) AS reports, coalesce(k.similar, 0) AS similar,
           coalesce(r.categories, '{}') AS categories,
           EXISTS (
               SELECT 1 FROM case_threads t
               JOIN case_messages x ON x.thread_id = t.id
               WHERE t.case_id = c.id AND t.muted_at IS NULL
                 AND NOT x.from_team AND x.read_at IS NULL
           ) AS unanswered,
           CASE WHEN c.is_graphic THEN '' ELSE coalesce(f.said, '') END AS said
    FROM page c
    LEFT JOIN accounts a ON a.id = c.target_account_id
    LEFT JOIN accounts m ON m.id = c.assigned_account_id
    LEFT JOIN LATERAL (
        SELECT count(*) AS reports, array_agg(DISTINCT category) AS categories
        FROM (SELECT category FROM reports WHERE case_id = c.id LIMIT 1000) few
    ) r ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS similar
        FROM (SELECT 1 FROM cases s WHERE s.suggested_case_id = c.id LIMIT 1000) few
    ) k ON true
    LEFT JOIN LATERAL (
        SELECT left(comment, 200) AS said FROM reports WHERE case_id = c.id ORDER BY id LIMIT 1
    ) f ON true
"""
_SEARCH = {
    "assigned_to": "c.assigned_account_id = {}",
    "rule_id": (
        "EXISTS (SELECT 1 FROM reports r WHERE r.case_id = c.id AND r.rule_ids @> ARRAY[{}::bigint])"
    ),
    "tag": "c.tags @> ARRAY[{}::text]",
    "outcome": "c.outcome = {}",
    "server": (
        "(c.target_domain = {0} OR c.target_account_id IN "
        "(SELECT id FROM accounts WHERE lower(domain) = {0}))"
    ),
    "reporter_server": (
        "EXISTS (SELECT 1 FROM reports r JOIN accounts ra ON ra.id = r.account_id "
        "WHERE r.case_id = c.id AND ra.domain = {})"
    ),
    "language": "c.language = {}",
    "moderator_id": (
        "c.id IN (SELECT l.case_id FROM audit_log l "
        "WHERE l.actor_account_id = {} AND l.case_id IS NOT NULL)"
    ),
    "target_account_id": "c.target_account_id = {}",
    "since": "c.created_at >= {}",
    "until": "c.created_at < {}",
}
_URGENCY = "(0 - c.urgency), (coalesce(c.due_at, 'infinity'::timestamptz)), c.id"


def list_cases_sql(search: CaseSearch) -> tuple[str, list[object]]:
    """The query of a search and its own parameters, from $6 on.

    $1 the viewer, $2 whether graphic cases are wanted, $3 the case to go on after, $4 how many,
    $5 now.
    """
    args: list[object] = []
    wanted = [unhidden(), "($2::boolean OR NOT c.is_graphic)", "$5::timestamptz IS NOT NULL"]
    for name, condition in _SEARCH.items():
        value = getattr(search, name)
        if value is not None:
            args.append(value)
            wanted.append(condition.format(f"${len(args) + 5}"))
    if search.is_unassigned:
        wanted.append("c.assigned_account_id IS NULL")
    if search.is_overdue:
        wanted.append("c.due_at < $5")
    if search.is_queue:
        wanted += [
            "c.closed_at IS NULL",
            "c.merged_into_case_id IS NULL",
            "c.suggested_case_id IS NULL",
            f"""($3::bigint IS NULL OR ({_URGENCY}) > (
                SELECT {_URGENCY.replace("c.", "b.")} FROM cases b WHERE b.id = $3))""",
        ]
        order = _URGENCY
    else:
        if search.state == "closed":
            wanted.append("c.closed_at IS NOT NULL")
        elif search.state != "any":
            args.append(search.state)
            wanted.append(f"c.state = ${len(args) + 5}")
        wanted.append("c.id < coalesce($3::bigint, 9223372036854775807)")
        order = "c.id DESC"
    sql = f"""
    WITH page AS MATERIALIZED (
        SELECT c.* FROM cases c
        WHERE {" AND ".join(wanted)}
        ORDER BY {order}
        LIMIT $4
    )
    {_LINE}
    ORDER BY {order}
    """
    return sql, args


async def list_cases(
    tx: Reading,
    *,
    viewer_id: int,
    search: CaseSearch,
    with_graphic: bool,
    after_id: int | None,
    limit: int,
    at: datetime,
) -> list[CaseLine]:
    """A page of cases that the viewer may see."""
    sql, args = list_cases_sql(search)
    rows = await tx.fetch_all(sql, viewer_id, with_graphic, after_id, limit, at, *args)
    return [line_of(row) for row in rows]


def line_of(row: Row) -> CaseLine:
    """A row as a line."""
    values = {f.name: row[f.name] for f in fields(CaseLine)}
    values["state"] = CaseState(row["state"])
    return CaseLine(**values)


COUNT_CASES = f"""
    SELECT count(*) FILTER (WHERE c.assigned_account_id = $1) AS mine,
           count(*) FILTER (WHERE c.assigned_account_id IS NULL) AS unassigned,
           count(*) FILTER (WHERE c.due_at < $2) AS overdue,
           count(*) AS open
    FROM (
        SELECT * FROM cases
        WHERE closed_at IS NULL AND merged_into_case_id IS NULL AND suggested_case_id IS NULL
        ORDER BY id DESC LIMIT 1000
    ) c
    WHERE {unhidden()}
"""


async def count_cases(tx: Reading, *, viewer_id: int, at: datetime) -> Row:
    """Row of mine, unassigned, overdue, open, among the newest 1,000."""
    return await tx.fetch_one(COUNT_CASES, viewer_id, at)


LIST_SUGGESTED = f"""
    SELECT c.id, c.suggested_because, c.created_at, c.state
    FROM cases c
    WHERE c.suggested_case_id = $2 AND {unhidden()}
    ORDER BY c.id
    LIMIT 1000
"""


async def list_suggested(tx: Reading, *, viewer_id: int, case_id: int) -> list[Row]:
    """Cases that look like this one: id, suggested_because, created_at, state."""
    return await tx.fetch_all(LIST_SUGGESTED, viewer_id, case_id)


LIST_TAGS = """
    SELECT tag, count(*) AS uses
    FROM (SELECT unnest(tags) AS tag FROM cases WHERE tags <> '{}' ORDER BY id DESC LIMIT 5000) t
    GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 100
"""


async def list_tags(tx: Reading) -> list[str]:
    """The vocabulary: tags that are in use, most used first."""
    return [row["tag"] for row in await tx.fetch_all(LIST_TAGS)]


HAS_OPT_IN = "SELECT EXISTS (SELECT 1 FROM case_opt_ins WHERE account_id = $1 AND content = $2)"


async def has_opt_in(tx: Reading, *, account_id: int, content: str) -> bool:
    """Whether somebody wants to be given cases with this kind of content."""
    found: bool = await tx.fetch_value(HAS_OPT_IN, account_id, content)
    return found


# How soon harm is looked at, and how much is found before anybody had to suffer for it.
FIND_FIRST_LOOKS = """
    SELECT count(*) FILTER (WHERE kind IN ('research', 'pattern')) AS prevention,
           count(*) FILTER (WHERE kind = 'report') AS reaction,
           percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM first_looked_at - created_at) / 60
           ) FILTER (WHERE kind = 'report' AND first_looked_at IS NOT NULL) AS minutes
    FROM (SELECT * FROM cases WHERE id > $1 ORDER BY id DESC LIMIT 5000) c
"""


async def find_first_looks(tx: Reading, *, since_id: int) -> Row:
    """Row of prevention, reaction (numbers of cases) and the median minutes to a first look."""
    return await tx.fetch_one(FIND_FIRST_LOOKS, since_id)
