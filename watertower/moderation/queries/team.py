"""Memberships of teams. One row for each stay; one stay at a time."""

from datetime import datetime

from watertower.accounts.capacities import ADMINISTERS
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.team import Membership, State

_COLUMNS = """
    m.id, m.team, m.account_id, a.username, m.state, m.is_lead, m.role_id, m.mentor_account_id,
    g.username AS mentor, m.joined_at, m.confirmed_at, m.paused_at, m.left_at, m.left_because,
    m.is_announced, l.powers_locked_from
"""
_FROM = f"""
    SELECT {_COLUMNS}
    FROM team_memberships m
    JOIN accounts a ON a.id = m.account_id
    LEFT JOIN logins l ON l.account_id = m.account_id
    LEFT JOIN accounts g ON g.id = m.mentor_account_id
"""


def membership_of(row: Row) -> Membership:
    """A row of _COLUMNS as a membership."""
    values = dict(row.items())
    return Membership(**{**values, "state": State(values["state"])})


INSERT_MEMBERSHIP = """
    INSERT INTO team_memberships (
        team, account_id, state, is_lead, role_id, mentor_account_id, joined_at, confirmed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_membership(
    tx: Transaction,
    *,
    team: str,
    account_id: int,
    state: str,
    is_lead: bool,
    role_id: int,
    mentor_id: int | None,
    at: datetime,
    confirmed_at: datetime | None,
) -> int | None:
    """A new stay; None if they are in a team, or the team has a lead."""
    made: int | None = await tx.fetch_value(
        INSERT_MEMBERSHIP, team, account_id, state, is_lead, role_id, mentor_id, at, confirmed_at
    )
    return made


FIND_MEMBERSHIP = f"{_FROM} WHERE m.account_id = $1 AND m.state <> 'left'"


async def find_membership(tx: Reading, *, account_id: int) -> Membership | None:
    """The team somebody is in."""
    row = await tx.fetch_one(FIND_MEMBERSHIP, account_id)
    return row and membership_of(row)


LOCK_MEMBERSHIP = f"{FIND_MEMBERSHIP} FOR UPDATE OF m"


async def lock_membership(tx: Transaction, *, account_id: int) -> Membership | None:
    """The same, held against others until the transaction ends."""
    row = await tx.fetch_one(LOCK_MEMBERSHIP, account_id)
    return row and membership_of(row)


FIND_LAST_STAY = f"{_FROM} WHERE m.account_id = $1 ORDER BY m.joined_at DESC, m.id DESC LIMIT 1"


async def find_last_stay(tx: Reading, *, account_id: int) -> Membership | None:
    """The newest stay, ended or not."""
    row = await tx.fetch_one(FIND_LAST_STAY, account_id)
    return row and membership_of(row)


FIND_LEAD = f"{_FROM} WHERE m.team = $1 AND m.is_lead AND m.state IN ('active', 'paused')"


async def find_lead(tx: Reading, *, team: str) -> Membership | None:
    """Who leads a team."""
    row = await tx.fetch_one(FIND_LEAD, team)
    return row and membership_of(row)


LIST_MEMBERS = f"""
    {_FROM}
    WHERE ($1::text IS NULL OR m.team = $1)
      AND (m.state <> 'left' OR (m.is_announced AND m.left_at > $2))
    ORDER BY m.team, m.state = 'left', m.is_lead DESC, m.joined_at, m.id
    LIMIT 500
"""


async def list_members(
    tx: Reading, *, team: str | None = None, left_since: datetime
) -> list[Membership]:
    """Who is in the teams, leads first, and who left since then and let it be said."""
    return [membership_of(row) for row in await tx.fetch_all(LIST_MEMBERS, team, left_since)]


UPDATE_MEMBERSHIP = """
    UPDATE team_memberships
    SET state = $2, is_lead = $3, role_id = $4,
        confirmed_at = coalesce(confirmed_at, $5),
        paused_at = CASE WHEN $2 = 'paused' THEN $6::timestamptz ELSE NULL END,
        left_at = CASE WHEN $2 = 'left' THEN $6::timestamptz END,
        left_because = CASE WHEN $2 = 'left' THEN $7 ELSE left_because END,
        is_announced = CASE WHEN $2 = 'left' THEN $8 ELSE is_announced END
    WHERE id = $1
"""


async def update_membership(
    tx: Transaction,
    *,
    membership_id: int,
    state: str,
    is_lead: bool,
    role_id: int,
    at: datetime,
    confirmed_at: datetime | None = None,
    because: str = "",
    is_announced: bool = False,
) -> None:
    """Move a stay on."""
    await tx.execute(
        UPDATE_MEMBERSHIP,
        membership_id,
        state,
        is_lead,
        role_id,
        confirmed_at,
        at,
        because,
        is_announced,
    )


UPDATE_MENTOR = "UPDATE team_memberships SET mentor_account_id = $2 WHERE id = $1"


async def update_mentor(tx: Transaction, *, membership_id: int, mentor_id: int | None) -> None:
    """Who helps them in."""
    await tx.execute(UPDATE_MENTOR, membership_id, mentor_id)


HAS_ACTIVE_MODERATOR = """
    SELECT EXISTS (
        SELECT FROM team_memberships WHERE team = 'moderation' AND state = 'active'
    )
"""


async def has_active_moderator(tx: Reading) -> bool:
    """Whether a team moderates here."""
    found: bool = await tx.fetch_value(HAS_ACTIVE_MODERATOR)
    return found


FIND_JOINER = """
    SELECT a.id AS account_id, a.username, r.permissions
    FROM accounts a
    JOIN logins l ON l.account_id = a.id
    JOIN roles r ON r.id = l.role_id
    WHERE a.id = $1 AND a.domain IS NULL AND a.suspended_at IS NULL AND a.deleted_at IS NULL
      AND l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL AND l.frozen_at IS NULL
    FOR UPDATE OF l
"""


async def find_joiner(tx: Transaction, *, account_id: int) -> Row | None:
    """Row of account_id, username, permissions of somebody with a login that may be used."""
    return await tx.fetch_one(FIND_JOINER, account_id)


FIND_MEMBER_NAMED = """
    SELECT a.id FROM accounts a JOIN logins l ON l.account_id = a.id
    WHERE lower(a.username) = lower($1) AND a.domain IS NULL AND a.deleted_at IS NULL
"""


async def find_member_named(tx: Reading, *, username: str) -> int | None:
    """The account of a member's name."""
    found: int | None = await tx.fetch_value(FIND_MEMBER_NAMED, username.strip().lstrip("@"))
    return found


INSERT_EXCEPTION = """
    INSERT INTO team_exceptions (
        account_id, from_team, to_team, agreed_by_account_id, as_lead_of, reason, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT DO NOTHING
"""


async def insert_exception(
    tx: Transaction,
    *,
    account_id: int,
    from_team: str,
    to_team: str,
    agreed_by: int,
    as_lead_of: str,
    reason: str,
    at: datetime,
) -> bool:
    """A lead agrees that somebody changes early."""
    return bool(
        await tx.execute(
            INSERT_EXCEPTION, account_id, from_team, to_team, agreed_by, as_lead_of, reason, at
        )
    )


LIST_EXCEPTIONS = """
    SELECT as_lead_of FROM team_exceptions
    WHERE account_id = $1 AND from_team = $2 AND to_team = $3 AND created_at > $4
    ORDER BY as_lead_of LIMIT 10
"""


async def list_exceptions(
    tx: Reading, *, account_id: int, from_team: str, to_team: str, since: datetime
) -> set[str]:
    """The teams whose leads agreed to this change since then."""
    rows = await tx.fetch_all(LIST_EXCEPTIONS, account_id, from_team, to_team, since)
    return {row["as_lead_of"] for row in rows}


LIST_TEAMS = """
    SELECT name, title, purpose, lead_role_id, member_role_id FROM teams ORDER BY name LIMIT 50
"""


async def list_added_teams(tx: Reading) -> list[Row]:
    """Teams beyond those that are shipped."""
    return await tx.fetch_all(LIST_TEAMS)


INSERT_TEAM = """
    INSERT INTO teams (
        name, title, purpose, lead_role_id, member_role_id, created_by_account_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT DO NOTHING
"""


async def insert_team(
    tx: Transaction,
    *,
    name: str,
    title: str,
    purpose: str,
    lead_role_id: int,
    member_role_id: int,
    by: int | None,
    at: datetime,
) -> bool:
    """A team of the community's own; False if there is one of that name."""
    return bool(
        await tx.execute(INSERT_TEAM, name, title, purpose, lead_role_id, member_role_id, by, at)
    )


LIST_ADMINISTRATORS = f"""
    SELECT l.account_id FROM logins l JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE r.permissions & {int(ADMINISTERS)} <> 0 AND l.frozen_at IS NULL AND a.suspended_at IS NULL
      AND a.deleted_at IS NULL
    ORDER BY l.account_id LIMIT 50
"""


async def list_administrators(tx: Reading) -> list[int]:
    """Who keeps the house."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_ADMINISTRATORS)]
