"""Who sees a case: one predicate, used by every query that reads cases for somebody."""


def unhidden(c: str = "c", viewer: str = "$1") -> str:
    """Not about the viewer, not reported by the viewer, and no conflict was declared.

    Whoever is still learning sees the cases that they were given, and no others.

    `c` is the name that the query gave to the table of cases.
    """
    return f"""(
        {c}.target_account_id IS DISTINCT FROM {viewer}
        AND NOT EXISTS (
            SELECT 1 FROM reports wall_r
            WHERE wall_r.case_id = {c}.id
              AND (wall_r.account_id = {viewer} OR wall_r.target_account_id = {viewer})
        )
        AND NOT EXISTS (
            SELECT 1 FROM case_conflicts wall_c
            WHERE wall_c.case_id = {c}.id AND wall_c.account_id = {viewer}
        )
        AND ({c}.assigned_account_id = {viewer} OR NOT EXISTS (
            SELECT 1 FROM team_memberships wall_t
            WHERE wall_t.account_id = {viewer} AND wall_t.state = 'onboarding'
        ))
    )"""
