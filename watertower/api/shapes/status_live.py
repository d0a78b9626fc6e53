"""Statuses for everybody who is looking: each rendered once for all who see the same."""

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
    votes: Mapping[tuple[int, int], list[int]]  # by poll and viewer
    quoted: Mapping[int, StatusLine]  # by viewer
    filters: Mapping[int, Filters]  # by viewer; absent: none
    _rendered: dict[object, bytes] = field(default_factory=dict)

    def body_for(self, account_id: int, context: str) -> bytes | None:
        """The status as JSON for this viewer; None if it is not shown, or a filter hides it.

        Context is `home` or `public`, as in the viewer's filters.
        """
        line = self.lines.get(account_id)
        if line is None:
            return None
        quoted = self.quoted.get(account_id)
        parts = [one for one in (line, line.reblog_of, quoted) if one is not None]
        if any(one.id not in self.faces or one.account.id not in self.accounts for one in parts):
            return None  # deleted between two queries
        votes = {
            one.poll_id: found
            for one in parts
            if one.poll_id is not None and (found := self.votes.get((one.poll_id, account_id)))
        }
        filters = self.filters.get(account_id, NO_FILTERS)
        is_own = any(one.account.id == account_id for one in parts)
        me = account_id if is_own or filters.filters else NOBODY
        chosen = tuple((poll_id, *choices) for poll_id, choices in votes.items())
        key = (me, line, quoted, chosen, context if filters.filters else "")
        body = self._rendered.get(key)
        if body is not None:
            return body
        scribe = Scribe(
            self.faces,
            self.accounts,
            votes,
            filters,
            {quoted.id: quoted} if quoted is not None else {},
            me,
        )
        if scribe.is_hidden(line, context):
            return None
        body = self._rendered[key] = scribe.render(line)
        return body


async def live_statuses(
    ctx: Context,
    *,
    lines: Mapping[int, Mapping[int, StatusLine]],
    viewers: Mapping[int, Viewer],
) -> dict[int, LiveStatus]:
    """Statuses ready to be rendered, by id; `lines` are by status and viewer.

    The number of queries depends neither on how many statuses there are nor on how many look,
    except that the filters of somebody who has some are read when they changed.
    """
    shown = [next(iter(each.values())) for each in lines.values() if each]
    flat = [one for line in shown for one in (line, line.reblog_of) if one is not None]
    quoting = {
        status_id: quoted_id
        for status_id, each in lines.items()
        for line in list(each.values())[:1]
        if (quoted_id := (line.reblog_of or line).quoted_status_id) is not None
    }
    quoted = await lines_for_each(
        ctx,
        wanted={
            (quoted_id, account_id)
            for status_id, quoted_id in quoting.items()
            for account_id in lines[status_id]
        },
    )
    flat += [next(iter(each.values())) for each in quoted.values()]
    faces = await load_faces(ctx, flat)
    accounts = await account_faces(ctx, [line.account for line in flat])
    votes = await votes_of_each(
        ctx,
        poll_ids={line.poll_id for line in flat if line.poll_id is not None},
        account_ids=viewers.keys(),
    )
    filters = {
        account_id: await filters_of(ctx, viewer=viewer)
        for account_id, viewer in viewers.items()
        if viewer.filters_version
    }
    return {
        status_id: LiveStatus(
            each, faces, accounts, votes, quoted.get(quoting.get(status_id, 0), {}), filters
        )
        for status_id, each in lines.items()
    }
