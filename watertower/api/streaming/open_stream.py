"""Opening a stream on a connection, whichever way it was asked for."""

from watertower.api.streaming.connection import MOST_SUBSCRIPTIONS, Connection
from watertower.api.streaming.hub import Hub
from watertower.api.streaming.streams import StreamRefused, wish_of
from watertower.base.params import Params
from watertower.feeds.access.audience import is_own_list


async def open_stream(hub: Hub, connection: Connection, name: object, params: Params) -> None:
    """Subscribe to the stream of this name; `params` hold `tag` or `list`. Or StreamRefused."""
    wish = wish_of(name, params.get("tag"), params.get("list"), connection.viewer.scopes)
    is_new = wish.stream not in connection.streams
    if is_new and len(connection.streams) >= MOST_SUBSCRIPTIONS:
        raise StreamRefused("Too many subscriptions", 429)
    if wish.stream.name == "list" and not await is_own_list(
        hub.ctx, owner_id=connection.account_id, list_id=int(wish.stream.about)
    ):
        raise StreamRefused("Not authorized to stream this list", 401)
    hub.subscribe(connection, wish.stream, wish.shown)


def close_stream(hub: Hub, connection: Connection, name: object, params: Params) -> None:
    """Unsubscribe; not having been subscribed is no error. Or StreamRefused."""
    wish = wish_of(name, params.get("tag"), params.get("list"), connection.viewer.scopes)
    hub.unsubscribe(connection, wish.stream)
