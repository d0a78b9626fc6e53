"""Who may see a status: one predicate, used by every query that reads statuses for somebody.

In all fragments `$1` is the viewer's account id, or NULL for the public. The parameters are the
names that the query gave to the table of statuses and to that of their authors.
"""


def visible(s: str = "s", a: str = "a") -> str:
    """What the viewer may see at all. A boost is as visible as what it boosts (see lines.py).

    What stays in this community is for its members: neither for the public nor for people of
    other servers, whatever page, feed or document it would be on.
    """
    return f"""(
        {s}.deleted_at IS NULL
        -- who is suspended still takes their own along
        AND ({a}.suspended_at IS NULL OR {a}.id = $1)
        AND (NOT {s}.is_local_only OR EXISTS (
            SELECT 1 FROM logins seen_l WHERE seen_l.account_id = $1
        ))
        AND (
            {s}.visibility <= 1
            OR {s}.account_id = $1
            OR ({s}.visibility = 2 AND EXISTS (
                SELECT 1 FROM follows seen_f
                WHERE seen_f.account_id = $1 AND seen_f.target_account_id = {s}.account_id
            ))
            OR EXISTS (
                SELECT 1 FROM mentions seen_m
                WHERE seen_m.status_id = {s}.id AND seen_m.account_id = $1
            )
        )
        AND ($1::bigint IS NULL OR NOT EXISTS (
            SELECT 1 FROM blocks seen_b
            WHERE seen_b.account_id = {s}.account_id AND seen_b.target_account_id = $1
        ))
    )"""


def wanted(s: str = "s", a: str = "a") -> str:
    """What the viewer did not choose to hide: muted, blocked, from a muted server.

    The lists are read once for a query, not once for a row.
    """
    return f"""(
        $1::bigint IS NULL
        OR {s}.account_id = $1
        OR (
            {s}.account_id <> ALL (ARRAY(
                SELECT target_account_id FROM mutes
                WHERE account_id = $1 AND (expires_at IS NULL OR expires_at > now())
                UNION ALL
                SELECT target_account_id FROM blocks WHERE account_id = $1
            ))
            AND ({a}.domain IS NULL OR {a}.domain <> ALL (ARRAY(
                SELECT domain FROM domain_mutes WHERE account_id = $1
            )))
        )
    )"""
