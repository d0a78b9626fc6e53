"""What follows from what: the whole list on one page.

Each reaction is a job of its own: it runs in a worker after the commit, may run twice, and
fails alone. An event that nothing follows from is listed with an empty tuple.
"""

from watertower.accounts.events import (
    AccountForgotten,
    Blocked,
    DomainMuted,
    FollowAccepted,
    FollowAsked,
    Followed,
    FollowRejected,
    MemberCreated,
    MemberJoined,
    MemberReturned,
    Muted,
    ProfileChanged,
    TokensRevoked,
    Unblocked,
    Unfollowed,
    Unmuted,
)
from watertower.accounts.jobs.part_with_domain import part_with_domain
from watertower.base.events import Reactions
from watertower.feeds.reactions.fan_out import fan_out, fan_out_boost, update_conversations
from watertower.feeds.reactions.favourites import notify_of_favourite, unnotify_of_favourite
from watertower.feeds.reactions.relations import (
    forget_blocked,
    forget_follow,
    forget_muted,
    forget_server,
    notify_of_follow_request,
    rebuild_home,
    restore_unmuted,
    welcome_follow,
)
from watertower.feeds.reactions.statuses import (
    forget_boost,
    forget_status,
    notify_of_boost,
    notify_of_edit,
    notify_of_poll_end,
    notify_of_status,
)
from watertower.media.events import MediaProcessed
from watertower.media.reactions import forget_media_of_account, let_go_of_media
from watertower.statuses.events import (
    PollClosed,
    PollVoted,
    QuoteRevoked,
    StatusBoosted,
    StatusDeleted,
    StatusEdited,
    StatusFavourited,
    StatusPinned,
    StatusPublished,
    StatusUnboosted,
    StatusUnfavourited,
    StatusUnpinned,
)

REACTIONS: Reactions = {
    StatusPublished: (fan_out, notify_of_status, update_conversations),
    StatusBoosted: (fan_out_boost, notify_of_boost),
    StatusUnboosted: (forget_boost,),
    StatusEdited: (notify_of_edit,),
    StatusDeleted: (forget_status, let_go_of_media),
    StatusPinned: (),
    StatusUnpinned: (),
    PollVoted: (),
    PollClosed: (notify_of_poll_end,),
    QuoteRevoked: (),
    FollowAsked: (notify_of_follow_request,),
    Followed: (welcome_follow,),
    FollowAccepted: (),
    FollowRejected: (forget_follow,),
    Unfollowed: (forget_follow,),
    Blocked: (forget_blocked,),
    Unblocked: (),
    Muted: (forget_muted,),
    Unmuted: (restore_unmuted,),
    DomainMuted: (part_with_domain, forget_server),
    ProfileChanged: (),
    MemberReturned: (rebuild_home,),
    AccountForgotten: (forget_media_of_account,),
    MediaProcessed: (),
    MemberCreated: (),
    MemberJoined: (),
    TokensRevoked: (),
    StatusFavourited: (notify_of_favourite,),
    StatusUnfavourited: (unnotify_of_favourite,),
}
