"""What follows from what: the whole list on one page.

Each reaction is a job of its own: it runs in a worker after the commit, may run twice, and
fails alone. An event that nothing follows from is listed with an empty tuple.
"""

from watertower.accounts.events import MemberCreated, MemberJoined, TokensRevoked
from watertower.base.events import Reactions
from watertower.feeds.reactions import notify_of_favourite, unnotify_of_favourite
from watertower.statuses.events import StatusFavourited, StatusUnfavourited

REACTIONS: Reactions = {
    MemberCreated: (),
    MemberJoined: (),
    TokensRevoked: (),
    StatusFavourited: (notify_of_favourite,),
    StatusUnfavourited: (unnotify_of_favourite,),
}
