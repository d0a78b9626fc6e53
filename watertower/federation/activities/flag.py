"""A Flag: moderators elsewhere report something of ours."""

from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document


async def receive_flag(_ctx: Context, _sender: Actor, _activity: Document) -> None:
    """Kept with this reason until there is somebody here to read reports."""
    raise Ignored("a report: nobody here receives reports yet")
