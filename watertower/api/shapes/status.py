"""Status, as JSON: a face that is kept rendered, and a line that is put in for each viewer.

Sources: entities `status`, `poll`, `quote`, `filter_result` of the Mastodon API 4.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.accounts.model import Viewer, viewer_id
from watertower.api.shapes.account import account_faces, with_counts
from watertower.api.shapes.cache import VersionedCache
from watertower.api.shapes.poll import poll_with_votes
from watertower.api.shapes.status_face import face_shape, searchable
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.feeds.access.filters import Filters, filters_of
from watertower.statuses.access.polls import votes_of
from watertower.statuses.access.statuses import faces_of, lines_for
from watertower.statuses.model import StatusLine


@dataclass(frozen=True)
class RenderedFace:
    """A face as JSON without its closing brace, and its words for filters."""

    body: bytes
    words: str
    poll: bytes | None  # the poll without the viewer's votes, without its closing brace
    quote_policy: bytes  # who may quote at once, as the inside of a JSON array
    quote_state: bytes  # why a quote is not shown: pending, rejected, revoked; else empty


UNSHOWN_QUOTES = {state: state.encode() for state in ("pending", "rejected", "revoked")}

_faces: VersionedCache[RenderedFace] = VersionedCache(most_bytes=24_000_000)


async def render_statuses(
    ctx: Context,
    lines: Sequence[StatusLine],
    *,
    viewer: Viewer | None,
    filter_context: str | None = None,
) -> list[bytes]:
    """Statuses as JSON bytes, in the order given.

    No query at all when every face is kept and no poll or filter is involved. With
    `filter_context` (home, notifications, public, thread, account) statuses that a filter of
    the viewer hides in that context are left out.
    """
    rendered = await _rendered(ctx, lines, viewer, filter_context)
    return [body for _, body in rendered]


async def render_status_map(
    ctx: Context,
    status_ids: Sequence[int],
    *,
    viewer: Viewer | None,
    filter_context: str | None = None,
) -> dict[int, bytes]:
    """Statuses as JSON bytes by id: those that the viewer may see and no filter hides."""
    if not status_ids:
        return {}
    lines = await lines_for(ctx, viewer=viewer, status_ids=list(dict.fromkeys(status_ids)))
    return dict(await _rendered(ctx, lines, viewer, filter_context))


async def _rendered(
    ctx: Context,
    lines: Sequence[StatusLine],
    viewer: Viewer | None,
    filter_context: str | None,
) -> list[tuple[int, bytes]]:
    flat = list(_flat(lines))
    quoted = await _quoted_lines(ctx, flat, viewer)
    flat += quoted.values()
    faces = await load_faces(ctx, flat)
    accounts = await account_faces(ctx, [line.account for line in flat])
    polls = [line.poll_id for line in flat if line.poll_id is not None]
    me = viewer_id(viewer)
    votes = await votes_of(ctx, poll_ids=polls, account_id=me) if polls and me else {}
    filters = await filters_of(ctx, viewer=viewer)
    scribe = Scribe(faces, accounts, votes, filters, quoted, me)
    rendered = []
    for line in lines:
        if line.id not in faces or line.account.id not in accounts:
            continue  # deleted between the two queries
        if filter_context is None or not scribe.is_hidden(line, filter_context):
            rendered.append((line.id, scribe.render(line)))
    return rendered


async def render_status(ctx: Context, line: StatusLine, *, viewer: Viewer | None) -> bytes:
    """One status as JSON bytes."""
    return (await render_statuses(ctx, [line], viewer=viewer))[0]


def _flat(lines: Sequence[StatusLine]) -> list[StatusLine]:
    return [*lines, *(line.reblog_of for line in lines if line.reblog_of is not None)]


async def _quoted_lines(
    ctx: Context, flat: Sequence[StatusLine], viewer: Viewer | None
) -> dict[int, StatusLine]:
    ids = [line.quoted_status_id for line in flat if line.quoted_status_id is not None]
    if not ids:
        return {}
    return {q.id: q for q in await lines_for(ctx, viewer=viewer, status_ids=ids)}


async def load_faces(ctx: Context, flat: Sequence[StatusLine]) -> dict[int, RenderedFace]:
    """Faces of these lines by status id, loading those that are not kept."""
    found: dict[int, RenderedFace] = {}
    missing: dict[int, StatusLine] = {}
    for line in flat:
        kept = _faces.get(line.id, line.version)
        if kept is None:
            missing[line.id] = line
        else:
            found[line.id] = kept
    if missing:
        for status_id, face in (await faces_of(ctx, lines=list(missing.values()))).items():
            shape, poll = face_shape(ctx, face)
            body = to_json_bytes(shape)[:-1]
            rendered = RenderedFace(
                body,
                searchable(face),
                None if poll is None else to_json_bytes(poll)[:-1],
                {"public": b'"public"', "followers": b'"followers"'}.get(face.quote_policy, b""),
                UNSHOWN_QUOTES.get(face.quote_state or "", b""),
            )
            size = len(body) + len(rendered.words) * 2 + 400
            _faces.put(status_id, face.status.version, rendered, size)
            found[status_id] = rendered
    return found


_TAIL = (
    b',"replies_count":%d,"reblogs_count":%d,"favourites_count":%d,"quotes_count":%d'
    b',"account":%b,"reblog":%b,"poll":%b,"quote":%b'
    b',"quote_approval":{"automatic":[%b],"manual":[],"current_user":"%b"}'
)
_BOOL = {True: b"true", False: b"false"}


@dataclass(frozen=True)
class Scribe:
    """Puts lines into faces for one viewer. `viewer_id` None: the public, which has no flags."""

    faces: dict[int, RenderedFace]
    accounts: dict[int, bytes]
    votes: dict[int, list[int]]
    filters: Filters
    quoted: dict[int, StatusLine]
    viewer_id: int | None

    def is_hidden(self, line: StatusLine, context: str) -> bool:
        """Whether a filter of the viewer hides the status in this context."""
        if not self.filters.filters:
            return False
        shown = line.reblog_of or line
        if shown.account.id == self.viewer_id:
            return False
        return self.filters.hides(self.faces[shown.id].words, shown.id, context)

    def render(self, line: StatusLine, *, depth: int = 0) -> bytes:
        """One status as JSON. Written as few large pieces: a page has twenty of them."""
        face = self.faces[line.id]
        boosted = line.reblog_of
        return b"".join(
            (
                face.body,
                _TAIL
                % (
                    line.replies_count,
                    line.reblogs_count,
                    line.favourites_count,
                    line.quotes_count,
                    with_counts(self.accounts[line.account.id], line.account),
                    b"null" if boosted is None else self.render(boosted),
                    b"null" if face.poll is None else self._poll(line, face.poll),
                    self._quote(line, face, depth),
                    face.quote_policy,
                    line.may_quote.encode(),
                ),
                b"}" if self.viewer_id is None else self._flags(line),
            )
        )

    def _flags(self, line: StatusLine) -> bytes:
        """What only a viewer has, and the closing brace."""
        is_own = line.account.id == self.viewer_id
        matched = b"[]"
        if not is_own and self.filters.filters:
            shown = line.reblog_of or line
            matched = self.filters.matches(self.faces[shown.id].words, shown.id)
        pinned = b""
        if is_own and line.reblog_of is None:
            pinned = b',"pinned":%b' % _BOOL[line.is_pinned]
        return b',"favourited":%b,"reblogged":%b,"muted":%b,"bookmarked":%b,"filtered":%b%b}' % (
            _BOOL[line.is_favourited],
            _BOOL[line.is_reblogged],
            _BOOL[line.is_muted],
            _BOOL[line.is_bookmarked],
            matched,
            pinned,
        )

    def _poll(self, line: StatusLine, poll: bytes) -> bytes:
        is_own = line.account.id == self.viewer_id
        votes = self.votes.get(line.poll_id or 0, [])
        return poll_with_votes(poll, votes, is_own=is_own, is_member=self.viewer_id is not None)

    def _quote(self, line: StatusLine, face: RenderedFace, depth: int) -> bytes:
        # A quote inside a quote names the status only; one that is not shown has null there.
        unshown = b'"quoted_status_id":null' if depth else b'"quoted_status":null'
        if face.quote_state:
            return b'{"state":"%b",%b}' % (face.quote_state, unshown)
        if line.quoted_status_id is None:
            return b"null"
        quoted = self.quoted.get(line.quoted_status_id)
        if quoted is None or quoted.id not in self.faces:
            return b'{"state":"unauthorized",%b}' % unshown
        if depth:
            return b'{"state":"accepted","quoted_status_id":"%d"}' % quoted.id
        inner = self.render(quoted, depth=depth + 1)
        return b'{"state":"accepted","quoted_status":%b}' % inner
