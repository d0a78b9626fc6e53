"""Every type of activity we understand, and who receives it: the whole list on one page."""

from collections.abc import Awaitable, Callable, Mapping

from watertower.base.context import Context
from watertower.federation.activities.accept import receive_accept
from watertower.federation.activities.block import receive_block
from watertower.federation.activities.create import receive_create
from watertower.federation.activities.delete import receive_delete
from watertower.federation.activities.flag import receive_flag
from watertower.federation.activities.follow import receive_follow
from watertower.federation.activities.like import receive_like
from watertower.federation.activities.move import receive_move
from watertower.federation.activities.pin import receive_add, receive_remove
from watertower.federation.activities.quote_request import receive_quote_request
from watertower.federation.activities.reject import receive_reject
from watertower.federation.activities.undo import receive_undo
from watertower.federation.activities.update import receive_update
from watertower.federation.model import Actor, Document
from watertower.federation.passed_on import receive_any_announce

Receiver = Callable[[Context, Actor, Document], Awaitable[None]]

RECEIVERS: Mapping[str, Receiver] = {
    "Accept": receive_accept,
    "Add": receive_add,
    "Announce": receive_any_announce,
    "Block": receive_block,
    "Create": receive_create,
    "Delete": receive_delete,
    "EmojiReact": receive_like,
    "Flag": receive_flag,
    "Follow": receive_follow,
    "Like": receive_like,
    "Move": receive_move,
    "QuoteRequest": receive_quote_request,
    "Reject": receive_reject,
    "Remove": receive_remove,
    "Undo": receive_undo,
    "Update": receive_update,
}
