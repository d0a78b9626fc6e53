"""Appeals as the team sees them: nobody sees one about themselves or a case closed to them."""

from datetime import datetime

from watertower.accounts.model import Permission
from watertower.accounts.queries.powers import MAY_HAVE_POWERS, powers
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.moderation.model.appeals import Appeal, AppealSearch
from watertower.moderation.queries.appeals import COLUMNS, appeal_of
from watertower.moderation.queries.case_walls import unhidden

HANDLING = int(Permission.ADMINISTRATOR | Permission.MANAGE_APPEALS)


def unwalled(viewer: str) -> str:
    """Whether somebody may see the appeal `p`: not their own, and not of a case closed to them."""
    return f"""(
        p.account_id IS DISTINCT FROM {viewer}
        AND (p.case_id IS NULL
             OR EXISTS (SELECT FROM cases c WHERE c.id = p.case_id AND {unhidden("c", viewer)}))
    )"""


# What was never verified is no appeal yet: nobody has to read it.
LIST_APPEALS = f"""
    SELECT {COLUMNS} FROM appeals p
    WHERE p.id < $2 AND p.id > $3 AND p.state <> 'filed' AND p.outcome IS DISTINCT FROM 'lapsed'
      AND ($4::boolean IS NULL OR (p.closed_at IS NULL AND p.state <> 'decided') = $4)
      AND ($5::bigint IS NULL OR p.assigned_account_id = $5)
      AND ($6::text IS NULL OR p.waits_for = $6)
      AND ($7::text IS NULL OR p.kind = $7)
      AND ($8::text IS NULL OR p.outcome = $8)
      AND ($9::bigint IS NULL OR p.account_id = $9)
      AND {unwalled("$1")}
    ORDER BY p.id {{order}}
    LIMIT $10
"""
LIST_DOWN, LIST_UP = LIST_APPEALS.format(order="DESC"), LIST_APPEALS.format(order="ASC")


async def list_appeals(
    tx: Reading, *, viewer_id: int, search: AppealSearch, page: Page
) -> list[Appeal]:
    """A page of appeals that the viewer may see, newest first."""
    rows = await tx.fetch_all(
        LIST_UP if page.upwards else LIST_DOWN,
        viewer_id,
        page.before_id,
        page.after_id,
        search.is_open,
        search.assigned_account_id,
        search.waits_for,
        search.kind,
        search.outcome,
        search.account_id,
        page.limit,
    )
    return [appeal_of(row) for row in (rows[::-1] if page.upwards else rows)]


FIND_APPEAL_FOR = f"""
    SELECT {COLUMNS} FROM appeals p
    WHERE p.id = $2 AND p.state <> 'filed' AND p.outcome IS DISTINCT FROM 'lapsed'
      AND {unwalled("$1")}
"""
LOCK_APPEAL_FOR = f"{FIND_APPEAL_FOR} FOR UPDATE OF p"


async def find_appeal_for(tx: Reading, *, viewer_id: int, appeal_id: int) -> Appeal | None:
    """One appeal, unless the viewer may not know of it."""
    row = await tx.fetch_one(FIND_APPEAL_FOR, viewer_id, appeal_id)
    return row and appeal_of(row)


async def lock_appeal_for(tx: Transaction, *, viewer_id: int, appeal_id: int) -> Appeal | None:
    """The same, held against others until the transaction ends."""
    row = await tx.fetch_one(LOCK_APPEAL_FOR, viewer_id, appeal_id)
    return row and appeal_of(row)


# Those whose role allows it, who may know of it; who is away comes last, the least laden first.
LIST_HANDLERS = f"""
    SELECT l.account_id, l.email, a.username,
           (SELECT count(*) FROM appeals o
            WHERE o.assigned_account_id = l.account_id AND o.closed_at IS NULL) AS busy
    FROM appeals p
    CROSS JOIN logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    LEFT JOIN team_availability v ON v.account_id = l.account_id
    WHERE p.id = $1
      AND {MAY_HAVE_POWERS} AND {powers()} & $2 <> 0
      AND l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL AND l.frozen_at IS NULL
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
      AND {unwalled("l.account_id")}
    ORDER BY coalesce(v.away_from <= now() AND (v.away_until IS NULL OR v.away_until > now()), false),
             busy, l.account_id
    LIMIT 200
"""


async def list_handlers(tx: Reading, *, appeal_id: int) -> list[Row]:
    """Who may take this appeal (account_id, email, username), the least busy first."""
    return await tx.fetch_all(LIST_HANDLERS, appeal_id, HANDLING)


LIST_LEADERS = f"""
    SELECT l.account_id, l.email, a.username
    FROM appeals p
    CROSS JOIN logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE p.id = $1 AND {MAY_HAVE_POWERS} AND {powers()} & $2 <> 0
      AND l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL AND l.frozen_at IS NULL
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
      AND {unwalled("l.account_id")}
    ORDER BY l.account_id
    LIMIT 200
"""
LEADING = int(Permission.ADMINISTRATOR | Permission.LEAD_MODERATION)


async def list_leaders(tx: Reading, *, appeal_id: int) -> list[Row]:
    """Who leads moderation and may know of this appeal."""
    return await tx.fetch_all(LIST_LEADERS, appeal_id, LEADING)


LIST_UNASSIGNED = """
    SELECT id FROM appeals
    WHERE state IN ('contact_verified', 'identity_proved')
    ORDER BY id
    LIMIT 200
"""


async def list_unassigned(tx: Reading) -> list[int]:
    """Appeals that nobody has."""
    return [row["id"] for row in await tx.fetch_all(LIST_UNASSIGNED)]


LIST_CLOCKED = f"""
    SELECT {COLUMNS} FROM appeals p
    WHERE p.closed_at IS NULL AND p.state <> 'decided' AND p.id > $1
      AND (p.verified_at IS NOT NULL OR p.created_at < $2)
    ORDER BY p.id
    LIMIT 200
"""


async def list_clocked(tx: Reading, *, after_id: int, filed_before: datetime) -> list[Appeal]:
    """Open appeals, for their clocks; of those not verified only the ones older than that."""
    return [appeal_of(row) for row in await tx.fetch_all(LIST_CLOCKED, after_id, filed_before)]


LIST_EVIDENCE = """
    SELECT e.kind, count(*) AS count
    FROM evidence e
    WHERE e.case_id = $1 AND e.destroyed_at IS NULL AND e.kind <> 'thread'
    GROUP BY e.kind
    ORDER BY e.kind
"""
FIND_RETENTION = """
    SELECT CASE WHEN closed_at IS NOT NULL THEN greatest(retained_until, held_until) END AS until
    FROM cases WHERE id = $1
"""


async def find_evidence_held(
    tx: Reading, *, case_id: int
) -> tuple[dict[str, int], datetime | None]:
    """How many copies of what a case still holds, and after which moment they are destroyed."""
    rows = await tx.fetch_all(LIST_EVIDENCE, case_id)
    until: datetime | None = await tx.fetch_value(FIND_RETENTION, case_id)
    return {row["kind"]: row["count"] for row in rows}, until


LIST_USERNAMES = """
    SELECT id, CASE WHEN domain IS NULL THEN username ELSE username || '@' || domain END AS acct
    FROM accounts
    WHERE id = ANY($1::bigint[])
"""


async def list_accts(tx: Reading, *, account_ids: list[int]) -> dict[int, str]:
    """Handles by id."""
    return {row["id"]: row["acct"] for row in await tx.fetch_all(LIST_USERNAMES, account_ids)}


FIND_REMOTE = """
    SELECT id FROM accounts
    WHERE lower(username) = lower($1) AND lower(domain) = lower($2) AND deleted_at IS NULL
"""


async def find_remote(tx: Reading, *, username: str, domain: str) -> int | None:
    """The account of somebody elsewhere, if we know it."""
    found: int | None = await tx.fetch_value(FIND_REMOTE, username, domain)
    return found


LIST_ACTIONS_APPEALABLE = """
    SELECT id FROM moderation_actions
    WHERE target_account_id = $1 AND undone_at IS NULL AND kind = ANY($2::text[]) AND created_at > $3
    ORDER BY id DESC
    LIMIT 50
"""


async def list_appealable(
    tx: Reading, *, account_id: int, kinds: list[str], since: datetime
) -> list[int]:
    """Actions against an account that can be appealed, newest first."""
    rows = await tx.fetch_all(LIST_ACTIONS_APPEALABLE, account_id, kinds, since)
    return [row["id"] for row in rows]
