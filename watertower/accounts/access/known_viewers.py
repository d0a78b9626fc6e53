"""Who is behind tokens seen a moment ago, kept in the process that answers them.

Most of what an app asks comes with the token of its last question. The database tells every
process when anything about a viewer changes (triggers of 0024), so what is kept is never older
than such a message takes, some milliseconds. A process that cannot hear asks for every token
anew; what a member changes through a process is asked anew there at once (docs/decisions/viewers.md).
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from watertower.accounts.access.viewers import viewer_of
from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.live import LiveEvent

EVENT = "viewer"
MOST = 10_000  # tokens; some 10 MB


class KnownViewers:
    """A bounded memory of viewers, by the hash of their token.

    `hears` says whether live events arrive at this moment.
    """

    def __init__(self, *, hears: Callable[[], bool], seconds: float) -> None:
        self._hears = hears
        self._life = timedelta(seconds=seconds)
        self._known: OrderedDict[bytes, tuple[datetime, Viewer]] = OrderedDict()
        self._changes = 0

    async def viewer_of(self, ctx: Context, *, token_hash: bytes, ip: str) -> Viewer:
        """The viewer; NotSignedIn for an unknown or revoked token."""
        known = self._known.get(token_hash)
        if known is not None and ctx.now() < known[0] and self._hears():
            return known[1]
        before = self._changes
        viewer = await viewer_of(ctx, token_hash=token_hash, ip=ip)
        # What changed while we asked may not be in the answer.
        if before == self._changes and self._life and self._hears():
            self._known[token_hash] = (ctx.now() + self._life, viewer)
            self._known.move_to_end(token_hash)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return viewer

    def hear(self, event: LiveEvent) -> None:
        """Forget whom the event is about: a token, an account, or everybody."""
        if event.name != EVENT:
            return
        self._changes += 1
        token_id, account_id = event.ids.get("token_id"), event.ids.get("account_id")
        if token_id is None and account_id is None:
            self._known.clear()
        for token_hash, (_, viewer) in list(self._known.items()):
            if viewer.token_id == token_id or (account_id and viewer.account_id == account_id):
                del self._known[token_hash]

    def forget(self, token_hash: bytes) -> None:
        """Ask anew for this token: its member is changing something."""
        self._changes += 1
        self._known.pop(token_hash, None)

    def forget_all(self) -> None:
        """Ask anew for every token: something may have happened that was not heard."""
        self._changes += 1
        self._known.clear()
