"""From the session cookie to who is asking."""

from watertower.accounts.model import Viewer
from watertower.base.context import Context


async def viewer_of_session(ctx: Context, token: str, *, ip: str) -> Viewer | None:
    """The member of this session; None when it ended."""
    del ctx, token, ip
    return None
