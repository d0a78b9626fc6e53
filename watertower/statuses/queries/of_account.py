"""What one account posted and boosted."""

from dataclasses import dataclass
from functools import cache

from watertower.base.db.transaction import Reading
from watertower.base.paging import Page
from watertower.base.text.tags import tag_name
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines
from watertower.statuses.queries.visible import visible, wanted


@dataclass(frozen=True)
class Choice:
    """Which of its statuses are asked for."""

    excludes_replies: bool = False  # to others; what it answers itself stays
    excludes_reblogs: bool = False
    excludes_direct: bool = False
    only_media: bool = False
    only_pinned: bool = False
    tag: str | None = None


@cache
def of_account(
    *,
    excludes_replies: bool,
    excludes_reblogs: bool,
    excludes_direct: bool,
    only_media: bool,
    only_pinned: bool,
    with_tag: bool,
    upwards: bool,
) -> str:
    """The source for lines.py; $2 account, $3 and $4 bounds, $5 limit, $6 tag if with_tag.

    Visibility is asked for here as well, so that a page of an account that posts much in
    private is not empty for the public. Boosts of people the viewer hides are left out; the
    account's own statuses are not, since it was asked for.
    """
    conditions = [
        "s.account_id = $2 AND s.id < $3 AND s.id > $4 AND s.deleted_at IS NULL",
        visible(),
        f"(o.id IS NULL OR ({visible('o', 'oa')} AND {wanted('o', 'oa')}))",
    ]
    if excludes_replies:
        conditions.append("(s.in_reply_to_id IS NULL OR s.in_reply_to_account_id = $2)")
    if excludes_reblogs:
        conditions.append("s.reblog_of_id IS NULL")
    if excludes_direct:
        conditions.append("s.visibility < 3")
    if only_media:
        conditions.append("s.has_media AND s.reblog_of_id IS NULL")
    statuses = "statuses s"
    if only_pinned:
        # Some pins against all that was ever posted: begin with the pins, whatever the plan.
        statuses = """(SELECT status_id FROM status_pins WHERE account_id = $2 OFFSET 0) pin
    CROSS JOIN LATERAL (SELECT * FROM statuses WHERE id = pin.status_id OFFSET 0) s"""
    if with_tag:
        # Looked up for each status on the way from the newest back, until the page is full.
        conditions.append(
            "(SELECT x.status_id FROM status_tags x"
            " WHERE x.tag_id = (SELECT id FROM tags WHERE name = $6) AND x.status_id = s.id)"
            " IS NOT NULL"
        )
    return f"""
    SELECT s.id, s.id AS sort
    FROM {statuses}
    JOIN accounts a ON a.id = s.account_id
    LEFT JOIN statuses o ON o.id = s.reblog_of_id
    LEFT JOIN accounts oa ON oa.id = o.account_id
    WHERE {" AND ".join(conditions)}
    ORDER BY s.id {"ASC" if upwards else "DESC"}
    LIMIT $5
    """


async def list_of_account(
    tx: Reading, *, viewer_id: int | None, account_id: int, choice: Choice, page: Page
) -> list[StatusLine]:
    """A page of lines, newest first."""
    source = of_account(
        excludes_replies=choice.excludes_replies,
        excludes_reblogs=choice.excludes_reblogs,
        excludes_direct=choice.excludes_direct,
        only_media=choice.only_media,
        only_pinned=choice.only_pinned,
        with_tag=choice.tag is not None,
        upwards=page.upwards,
    )
    args: list[object] = [account_id, page.before_id, page.after_id, page.limit]
    if choice.tag is not None:
        args.append(tag_name(choice.tag))
    return await list_lines(tx, source, *args, viewer_id=viewer_id)
