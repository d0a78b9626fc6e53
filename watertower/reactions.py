"""What follows from what: the whole list on one page.

Each reaction is a job of its own: it runs in a worker after the commit, may run twice, and
fails alone. An event that nothing follows from is listed with an empty tuple.
"""

from watertower.accounts.events import (
    AccountForgotten,
    AccountFrozen,
    AccountLimited,
    AccountMoved,
    AccountRestored,
    AccountSensitized,
    AccountSuspended,
    AccountUnfrozen,
    AccountUnlimited,
    AccountUnsensitized,
    ArchiveWanted,
    Blocked,
    DomainMuted,
    FollowAccepted,
    FollowAsked,
    Followed,
    FollowRejected,
    MemberApproved,
    MemberCreated,
    MemberDeleted,
    MemberJoined,
    MemberReturned,
    Muted,
    ProfileChanged,
    RefusedAccountCame,
    RelationshipsSevered,
    ServerMet,
    ServerPolicyChanged,
    TokensRevoked,
    Unblocked,
    Unfollowed,
    Unmuted,
)
from watertower.accounts.jobs.apply_policy import apply_server_policy, note_refusal, note_return
from watertower.accounts.jobs.part_with_domain import part_with_domain
from watertower.accounts.jobs.security_mails import send_approved_mail
from watertower.accounts.jobs.settle_files import settle_files
from watertower.accounts.reactions import (
    follow_inviter,
    forget_ties_of_member,
    take_followers_along,
)
from watertower.api.webhooks.deliver import (
    hook_account_approved,
    hook_account_created,
    hook_account_updated,
    hook_action_taken,
    hook_action_undone,
    hook_appeal_decided,
    hook_appeal_filed,
    hook_case_closed,
    hook_case_decided,
    hook_case_opened,
    hook_report_created,
    hook_status_updated,
)
from watertower.api.webhooks.hooks import (
    hook_freeze_begun,
    hook_freeze_ended,
    hook_freeze_submitted,
    hook_message_received,
    hook_mistake_confirmed,
    hook_server_decided,
    hook_sign_up_applied,
    hook_sign_up_approved,
    hook_sign_up_refused,
    hook_team_changed,
    hook_vote_closed,
    hook_vote_opened,
)
from watertower.base.events import Reactions
from watertower.community.events import (
    VoteCancelled,
    VoteClosed,
    VoteHeralded,
    VoteOpened,
    VotePublished,
)
from watertower.community.jobs.vote_posts import (
    post_result,
    post_that_it_comes,
    post_that_it_is_cancelled,
    post_that_it_is_open,
)
from watertower.federation.jobs.fetch_recent import fetch_recent
from watertower.federation.jobs.fetch_replies import fetch_replies
from watertower.federation.jobs.stop_exchange import stop_exchange
from watertower.federation.jobs.write_archive import write_archive
from watertower.federation.outgoing.boosted import tell_of_boost, tell_of_unboost
from watertower.federation.outgoing.favourited import tell_of_favourite, tell_of_unfavourite
from watertower.federation.outgoing.member_deleted import tell_of_member_deletion
from watertower.federation.outgoing.moved import tell_of_move
from watertower.federation.outgoing.pinned import tell_of_pin, tell_of_unpin
from watertower.federation.outgoing.profile import tell_of_profile_soon
from watertower.federation.outgoing.published import (
    tell_of_cover,
    tell_of_deletion,
    tell_of_edit,
    tell_of_poll_end,
    tell_of_status,
    tell_of_votes_soon,
)
from watertower.federation.outgoing.quotes import ask_to_quote, tell_of_quote_revocation
from watertower.federation.outgoing.related import (
    ask_to_follow,
    tell_of_acceptance,
    tell_of_block,
    tell_of_rejection,
    tell_of_unblock,
    tell_of_unfollow,
)
from watertower.federation.outgoing.reported import (
    tell_of_forward,
    tell_of_report,
    tell_of_withdrawal,
)
from watertower.federation.outgoing.voted import tell_of_vote
from watertower.feeds.events import AddedToCollection, ImportBegun, NotificationMade
from watertower.feeds.push.send import forget_push_subscriptions, push_notification
from watertower.feeds.reactions.collections import notify_of_collection, part_collections
from watertower.feeds.reactions.fan_out import fan_out, fan_out_boost, update_conversations
from watertower.feeds.reactions.favourites import notify_of_favourite, unnotify_of_favourite
from watertower.feeds.reactions.mails import mail_notification
from watertower.feeds.reactions.relations import (
    forget_account,
    forget_blocked,
    forget_follow,
    forget_member,
    forget_muted,
    forget_server,
    notify_of_follow_request,
    rebuild_home,
    restore_unmuted,
    welcome_follow,
)
from watertower.feeds.reactions.run_import import run_import
from watertower.feeds.reactions.severances import notify_of_severance
from watertower.feeds.reactions.statuses import (
    forget_boost,
    forget_status,
    hide_status,
    notify_of_boost,
    notify_of_edit,
    notify_of_poll_end,
    notify_of_status,
    show_status_anew,
)
from watertower.media.events import MediaProcessed
from watertower.media.reactions import forget_media_of_account, let_go_of_media
from watertower.moderation.events import (
    ActionTaken,
    ActionUndone,
    AppealDecided,
    AppealFiled,
    AppealMessageSaid,
    AppealProposed,
    ApplicantTold,
    ApprovalMoved,
    CaseDecided,
    CaseEnded,
    CaseMessageSaid,
    CaseOpened,
    DomainNamed,
    EvidenceFileWanted,
    ForwardWithdrawn,
    FreezeBegun,
    FreezeEnded,
    FreezeSubmitted,
    MembershipChanged,
    MistakeConfirmed,
    PowersLent,
    ProofLinked,
    ProofNamed,
    ReportFiled,
    ReportForwarded,
    ServerDecided,
    TeamTold,
    VouchAsked,
)
from watertower.moderation.jobs.account_types import mail_approval_moved, verify_domain
from watertower.moderation.jobs.appeal_mails import (
    ask_for_second,
    carry_appeal_message,
    tell_of_answer,
    tell_team_of_appeal,
)
from watertower.moderation.jobs.carry_message import carry_message
from watertower.moderation.jobs.copy_file import copy_file
from watertower.moderation.jobs.freeze_follows import (
    end_freeze_of_member,
    follow_action,
    follow_undoing,
    tick_deleted_status,
    tick_undone_boost,
)
from watertower.moderation.jobs.prove_account import check_link, send_code
from watertower.moderation.jobs.servers_met import meet_server
from watertower.moderation.jobs.share_out_case import share_out_case
from watertower.moderation.jobs.sign_up_mails import send_sign_up_mail, send_vouch_mail
from watertower.moderation.jobs.team_clocks import part_from_team
from watertower.moderation.jobs.team_mails import mail_team_told
from watertower.moderation.jobs.tell_member import mail_decision, mail_lifted, notify_of_action
from watertower.moderation.jobs.trusted_reporters import judge_calls, page_duty
from watertower.moderation.jobs.watch_cases import page_team
from watertower.moderation.jobs.write_down_refused import write_down_refused
from watertower.moderation.reactions import notify_moderators
from watertower.statuses.events import (
    CardWanted,
    PollClosed,
    PollOpened,
    PollVoted,
    QuotePolicyChanged,
    QuoteRevoked,
    QuoteSettled,
    StatusBoosted,
    StatusCovered,
    StatusDeleted,
    StatusEdited,
    StatusFavourited,
    StatusGivenBack,
    StatusPinned,
    StatusPublished,
    StatusPublishedQuietly,
    StatusQuotes,
    StatusUnboosted,
    StatusUnfavourited,
    StatusUnpinned,
    StatusWithheld,
    ThreadOpened,
)
from watertower.statuses.jobs.close_poll import close_poll
from watertower.statuses.jobs.fetch_card import want_card
from watertower.statuses.jobs.settle_files import settle_files_of_status
from watertower.statuses.reactions import (
    forget_doings_of_member,
    forget_statuses_of_account,
    show_processed_media,
)

REACTIONS: Reactions = {
    StatusPublished: (
        fan_out,
        notify_of_status,
        update_conversations,
        tell_of_status,
    ),
    StatusQuotes: (ask_to_quote,),
    StatusPublishedQuietly: (fan_out, update_conversations),
    StatusBoosted: (fan_out_boost, notify_of_boost, tell_of_boost),
    StatusUnboosted: (forget_boost, tell_of_unboost, tick_undone_boost),
    StatusEdited: (notify_of_edit, tell_of_edit, hook_status_updated),
    StatusDeleted: (forget_status, let_go_of_media, tell_of_deletion, tick_deleted_status),
    StatusWithheld: (hide_status, settle_files_of_status, tell_of_deletion),
    StatusGivenBack: (settle_files_of_status, tell_of_status),
    StatusCovered: (show_status_anew, tell_of_cover),
    StatusPinned: (tell_of_pin,),
    StatusUnpinned: (tell_of_unpin,),
    CardWanted: (want_card,),
    PollOpened: (close_poll,),
    PollVoted: (tell_of_vote, tell_of_votes_soon),
    PollClosed: (notify_of_poll_end, tell_of_poll_end),
    QuotePolicyChanged: (tell_of_cover,),
    QuoteRevoked: (tell_of_quote_revocation,),
    QuoteSettled: (show_status_anew, tell_of_cover),
    ThreadOpened: (fetch_replies,),
    FollowAsked: (notify_of_follow_request, ask_to_follow),
    Followed: (welcome_follow, note_return, fetch_recent),
    FollowAccepted: (tell_of_acceptance,),
    FollowRejected: (forget_follow, tell_of_rejection, note_refusal),
    Unfollowed: (forget_follow, tell_of_unfollow),
    Blocked: (forget_blocked, part_collections, tell_of_block),
    Unblocked: (tell_of_unblock,),
    Muted: (forget_muted,),
    Unmuted: (restore_unmuted,),
    DomainMuted: (part_with_domain, forget_server),
    ProfileChanged: (tell_of_profile_soon, hook_account_updated),
    MemberReturned: (rebuild_home,),
    AccountForgotten: (forget_statuses_of_account, forget_media_of_account, forget_account),
    ImportBegun: (run_import,),
    ArchiveWanted: (write_archive,),
    AccountMoved: (tell_of_move, take_followers_along),
    MemberDeleted: (
        tell_of_member_deletion,
        forget_ties_of_member,
        forget_statuses_of_account,
        forget_doings_of_member,
        forget_media_of_account,
        settle_files,
        forget_account,
        forget_member,
        end_freeze_of_member,
        part_from_team,
    ),
    RefusedAccountCame: (write_down_refused,),
    AccountSuspended: (settle_files, tell_of_profile_soon),
    AccountRestored: (settle_files, tell_of_profile_soon),
    AccountLimited: (),
    AccountUnlimited: (),
    AccountSensitized: (),
    AccountUnsensitized: (),
    AccountFrozen: (),
    AccountUnfrozen: (),
    ActionTaken: (notify_of_action, mail_decision, follow_action, hook_action_taken),
    ActionUndone: (follow_undoing, mail_lifted, hook_action_undone),
    ServerPolicyChanged: (apply_server_policy, stop_exchange),
    RelationshipsSevered: (notify_of_severance,),
    ServerMet: (meet_server,),
    MediaProcessed: (show_processed_media,),
    AddedToCollection: (notify_of_collection,),
    AppealFiled: (tell_team_of_appeal, hook_appeal_filed),
    AppealMessageSaid: (carry_appeal_message,),
    AppealProposed: (ask_for_second,),
    AppealDecided: (tell_of_answer, hook_appeal_decided),
    ReportFiled: (notify_moderators, tell_of_report, page_duty, hook_report_created),
    EvidenceFileWanted: (copy_file,),
    CaseOpened: (page_team, share_out_case, hook_case_opened),
    ReportForwarded: (tell_of_forward,),
    ForwardWithdrawn: (tell_of_withdrawal,),
    CaseDecided: (judge_calls, hook_case_decided),
    CaseEnded: (hook_case_closed,),
    CaseMessageSaid: (carry_message, hook_message_received),
    TeamTold: (mail_team_told,),
    MembershipChanged: (hook_team_changed,),
    MistakeConfirmed: (hook_mistake_confirmed,),
    ServerDecided: (hook_server_decided,),
    FreezeBegun: (hook_freeze_begun,),
    FreezeSubmitted: (hook_freeze_submitted,),
    FreezeEnded: (hook_freeze_ended,),
    PowersLent: (),
    MemberCreated: (hook_account_created, hook_sign_up_applied),
    MemberApproved: (send_approved_mail, hook_sign_up_approved),
    ApplicantTold: (send_sign_up_mail, hook_sign_up_refused),
    ProofNamed: (send_code,),
    ApprovalMoved: (mail_approval_moved,),
    DomainNamed: (verify_domain,),
    ProofLinked: (check_link,),
    VouchAsked: (send_vouch_mail,),
    MemberJoined: (follow_inviter, hook_account_approved),
    VoteHeralded: (post_that_it_comes,),
    VoteOpened: (post_that_it_is_open, hook_vote_opened),
    VoteClosed: (hook_vote_closed,),
    VotePublished: (post_result,),
    VoteCancelled: (post_that_it_is_cancelled,),
    TokensRevoked: (forget_push_subscriptions,),
    NotificationMade: (push_notification, mail_notification),
    StatusFavourited: (notify_of_favourite, tell_of_favourite),
    StatusUnfavourited: (unnotify_of_favourite, tell_of_unfavourite),
}
