"""Research as a moderator sees it; every look at a piece of it is written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.text.sanitise import plain_text
from watertower.moderation.errors.research import NotResearch
from watertower.moderation.model.cases import Case
from watertower.moderation.model.research import (
    LOOKED_BACK,
    SHOWN_POSTS,
    Path,
    ResearchLine,
    SeenPost,
    Watch,
)
from watertower.moderation.queries.cases import lock_case_for
from watertower.moderation.queries.research import (
    list_paths,
    list_research,
    list_seen_posts,
    list_watches,
)
from watertower.moderation.steps.log import log

MOST_LISTED = 100
LONGEST_SHOWN = 1000  # characters of a post


@dataclass(frozen=True)
class Workspace:
    """Everything about one piece of research."""

    case: Case
    watches: Sequence[Watch]
    posts: Sequence[SeenPost]
    paths_of: str  # the server that the paths are of; "" for none
    paths: Sequence[Path]


async def research_list(
    ctx: Context, *, viewer_id: int, are_closed: bool = False
) -> list[ResearchLine]:
    """What is being researched, or was; never about the viewer."""
    async with ctx.reading() as tx:
        return await list_research(
            tx, viewer_id=viewer_id, are_closed=are_closed, limit=MOST_LISTED
        )


async def workspace(ctx: Context, *, viewer_id: int, case_id: int, server: str = "") -> Workspace:
    """One piece of research, with the ways to us of a watched server. Raises NotResearch.

    `server` says which, the first by default.
    """
    since = ctx.now() - LOOKED_BACK
    async with ctx.transaction() as tx:
        case = await lock_case_for(tx, viewer_id=viewer_id, case_id=case_id)
        if case is None or case.kind != "research":
            raise NotResearch
        watches = await list_watches(tx, case_id=case_id, since=since)
        servers = [one.subject for one in watches if one.kind == "server"]
        paths_of = server if server in servers else next(iter(servers), "")
        paths = await list_paths(tx, domain=paths_of, since=since)
        rows = await list_seen_posts(tx, case_id=case_id, limit=SHOWN_POSTS)
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read_case",
            subject=("case", case_id),
            case_id=case_id,
        )
    posts = [
        SeenPost(
            row["id"],
            row["account_id"],
            row["acct"],
            f"{row['content_warning']}\n{plain_text(row['content_html'])}".strip()[:LONGEST_SHOWN],
            row["media"],
            row["is_sensitive"],
            row["is_evidence"],
            row["created_at"],
        )
        for row in rows
    ]
    return Workspace(case, watches, posts, paths_of, paths)
