"""A Like, or a reaction that we treat as one (EmojiReact, Misskey's Like with a content)."""

from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.reading import id_of
from watertower.federation.remote.own import known_status
from watertower.statuses.actions.favourite import favourite


async def receive_like(ctx: Context, sender: Actor, activity: Document) -> None:
    """Record the star, if the status is ours."""
    status = await known_status(ctx, id_of(activity.get("object")))
    if status is None or not status.is_local:
        raise Ignored("a star on somebody else's status")
    await favourite(ctx, actor_id=sender.id, status_id=status.id, uri=id_of(activity))
