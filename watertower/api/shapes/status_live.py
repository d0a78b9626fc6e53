"""One status for everybody who is looking: rendered once for all who see the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from watertower.accounts.model import Viewer
from watertower.api.shapes.account import account_faces
from watertower.api.shapes.status import RenderedFace, Scribe, load_faces
from watertower.base.context import Context
from watertower.feeds.access.filters import NO_FILTERS, Filters, filters_of
from watertower.statuses.access.for_each import lines_for_each, votes_of_each
from watertower.statuses.model import StatusLine

NOBODY = 0  # no account has this id: a viewer of whom nothing is known


@dataclass
class LiveStatus:
    """A status, its line for each viewer, and what is needed to render it without a query."""

    lines: Mapping[int, StatusLine]
    faces: dict[int, RenderedFace]
    accounts: dict[int, bytes]
    votes: Mapping[int, list[int]]  # by viewer
    quoted: Mapping[int, StatusLine]  # by viewer
    filters: Mapping[int, Filters]  # by viewer; absent: none
    _rendered: dict[object, bytes] = field(default_factory=dict)

    def body_for(self, account_id: int, context: str) -> bytes | None:
        """The status as JSON for this viewer; None if it is not shown, or a filter hides it.

        Context is `home` or `public`, as in the viewer's filters.
        """
        line = self.lines.get(account_id)
        if line is None or line.id not in self.faces or line.account.id not in self.accounts:
            return None  # not theirs to see, or deleted between two queries
        quoted = self.quoted.get(account_id)
        votes = self.votes.get(account_id, ())
        filters = self.filters.get(account_id, NO_FILTERS)
        is_own = account_id in {one.account.id for one in (line, line.reblog_of, quoted) if one}
        me = account_id if is_own or filters.filters else NOBODY
        key = (me, line, quoted, tuple(votes), context if filters.filters else "")
        body = self._rendered.get(key)
        if body is not None:
            return body
        scribe = Scribe(
            self.faces,
            self.accounts,
            {line.poll_id: list(votes)} if line.poll_id is not None else {},
            filters,
            {quoted.id: quoted} if quoted is not None else {},
            me,
        )
        if scribe.is_hidden(line, context):
            return None
        body = self._rendered[key] = scribe.render(line)
        return body


async def live_status(
    ctx: Context, *, lines: Mapping[int, StatusLine], viewers: Mapping[int, Viewer]
) -> LiveStatus | None:
    """A status ready to be rendered for viewers, each with their line; None without viewers.

    The number of queries does not depend on how many there are, except that the filters of
    somebody who has some are read when they changed.
    """
    if not lines:
        return None
    one = next(iter(lines.values()))
    flat = [one] if one.reblog_of is None else [one, one.reblog_of]
    quoted: Mapping[int, StatusLine] = {}
    quoted_id = flat[-1].quoted_status_id
    if quoted_id is not None:
        quoted = await lines_for_each(ctx, status_id=quoted_id, viewer_ids=list(lines))
        flat += list(quoted.values())[:1]
    faces = await load_faces(ctx, flat)
    votes: Mapping[int, list[int]] = {}
    poll_id = flat[0].poll_id
    if poll_id is not None:
        votes = await votes_of_each(ctx, poll_id=poll_id, account_ids=list(lines))
    return LiveStatus(
        lines,
        faces,
        await account_faces(ctx, [line.account for line in flat]),
        votes,
        quoted,
        {
            account_id: await filters_of(ctx, viewer=viewers[account_id])
            for account_id in lines
            if viewers[account_id].filters_version
        },
    )
