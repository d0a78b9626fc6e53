"""What moderators know of an account beyond what everybody sees."""

from collections.abc import Sequence

from watertower.accounts.model import Role
from watertower.base.db.transaction import Reading, Row
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.moderation.model.dossiers import Dossier, Search

LIST_DOSSIERS = """
    SELECT a.id, a.username, a.domain, a.created_at, l.email, host(l.current_ip) AS ip,
           l.confirmed_at IS NOT NULL AS is_confirmed, a.suspended_at IS NOT NULL AS is_suspended,
           a.limited_at IS NOT NULL AS is_limited, a.sensitized_at IS NOT NULL AS is_sensitized,
           l.frozen_at IS NOT NULL AS is_frozen, l.approved_at IS NOT NULL AS is_approved,
           l.locale, l.sign_up_reason, l.application_id, i.account_id AS inviter_id,
           r.id AS role_id, r.name AS role_name, r.color, r.position, r.permissions,
           r.is_highlighted,
           coalesce((
               SELECT json_agg(json_build_array(seen.ip, seen.at) ORDER BY seen.at DESC)
               FROM (
                   SELECT host(s.ip) AS ip, max(s.seen_at) AS at
                   FROM sessions s
                   WHERE s.login_id = l.id AND s.ip IS NOT NULL
                   GROUP BY s.ip
                   UNION
                   SELECT host(l.current_ip), l.last_active_at
                   WHERE l.current_ip IS NOT NULL AND l.last_active_at IS NOT NULL
                   ORDER BY at DESC
                   LIMIT 20
               ) seen
           ), '[]')::text AS ips
    FROM accounts a
    LEFT JOIN logins l ON l.account_id = a.id
    LEFT JOIN roles r ON r.id = l.role_id
    LEFT JOIN invites i ON i.id = l.invite_id
    WHERE a.id = ANY($1::bigint[])
"""


async def list_dossiers(tx: Reading, *, account_ids: Sequence[int]) -> dict[int, Dossier]:
    """Dossiers by account id."""
    rows = await tx.fetch_all(LIST_DOSSIERS, list(account_ids))
    return {row["id"]: _dossier_of(row) for row in rows}


LIST_FOUND_ACCOUNTS = """
    SELECT a.id
    FROM accounts a
    LEFT JOIN logins l ON l.account_id = a.id
    LEFT JOIN roles r ON r.id = l.role_id
    LEFT JOIN invites i ON i.id = l.invite_id
    WHERE a.id < $1 AND a.id > $2 AND a.deleted_at IS NULL
      AND ($4::boolean IS NULL OR (a.domain IS NULL) = $4)
      AND CASE $5::text
              WHEN 'active' THEN a.suspended_at IS NULL AND l.frozen_at IS NULL
                                 AND (l.id IS NULL OR l.approved_at IS NOT NULL)
              WHEN 'pending' THEN l.id IS NOT NULL AND l.approved_at IS NULL
                                  AND NOT EXISTS (SELECT FROM sign_ups s WHERE s.account_id = a.id
                                                  AND s.state = 'refused')
              WHEN 'disabled' THEN l.frozen_at IS NOT NULL
              WHEN 'silenced' THEN a.limited_at IS NOT NULL
              WHEN 'sensitized' THEN a.sensitized_at IS NOT NULL
              WHEN 'suspended' THEN a.suspended_at IS NOT NULL
              ELSE true
          END
      AND ($6::text IS NULL OR starts_with(lower(a.username), lower($6)))
      AND ($7::text IS NULL OR strpos(lower(a.display_name), lower($7)) > 0)
      AND ($8::text IS NULL OR lower(a.domain) = lower($8))
      AND ($9::text IS NULL OR starts_with(lower(l.email), lower($9)))
      AND ($10::inet IS NULL OR l.current_ip <<= $10 OR l.sign_up_ip <<= $10)
      AND (NOT $11::boolean OR r.position > 0)
      AND ($12::bigint[] IS NULL OR l.role_id = ANY($12::bigint[]))
      AND ($13::bigint IS NULL OR i.account_id = $13)
    ORDER BY a.id DESC
    LIMIT $3
"""
LIST_FOUND_ACCOUNTS_UPWARDS = LIST_FOUND_ACCOUNTS.replace("DESC", "ASC")


async def list_found_accounts(tx: Reading, *, search: Search, page: Page) -> list[int]:
    """A page of account ids, newest first."""
    rows = await tx.fetch_all(
        LIST_FOUND_ACCOUNTS_UPWARDS if page.upwards else LIST_FOUND_ACCOUNTS,
        page.before_id,
        page.after_id,
        page.limit,
        search.is_local,
        search.standing,
        search.username,
        search.display_name,
        search.domain,
        search.email,
        search.network,
        search.is_staff,
        list(search.role_ids) or None,
        search.invited_by,
    )
    found = [row["id"] for row in rows]
    return found[::-1] if page.upwards else found


def _dossier_of(row: Row) -> Dossier:
    is_member = row["email"] is not None
    return Dossier(
        account_id=row["id"],
        username=row["username"],
        domain=row["domain"],
        created_at=row["created_at"],
        email=row["email"],
        ip=row["ip"],
        is_confirmed=row["is_confirmed"],
        is_approved=row["is_approved"],
        is_frozen=row["is_frozen"],
        is_suspended=row["is_suspended"],
        is_limited=row["is_limited"],
        is_sensitized=row["is_sensitized"],
        locale=row["locale"],
        sign_up_reason=row["sign_up_reason"] or "",
        application_id=row["application_id"],
        invited_by_account_id=row["inviter_id"],
        role=Role(
            row["role_id"],
            row["role_name"],
            row["color"],
            row["position"],
            row["permissions"],
            row["is_highlighted"],
        )
        if is_member
        else None,
        ips=[(ip, at) for ip, at in from_json(row["ips"])],
    )
