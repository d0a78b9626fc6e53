"""The whole client API on one page: method, path, handler, scope.

A row with `needs=Needs.NOTHING` is public; if a token is sent, its scopes must fit all the
same. Every other row needs a signed-in member in good standing unless it says otherwise.
Alternatives of a scope are separated by `|`; the parent (`read` of `read:statuses`) always fits.
Who is frozen may read; of the rest only the rows with `frozen=True`.
"""

from watertower.accounts.model import Permission
from watertower.api.gate import Needs
from watertower.api.oauth.inspect import get_token_info, post_introspect
from watertower.api.oauth.metadata import get_metadata
from watertower.api.oauth.token import post_revoke, post_token
from watertower.api.oauth.userinfo import get_userinfo
from watertower.api.oembed import get_oembed, get_web_embed
from watertower.api.openapi.show import describing
from watertower.api.route import Route, route
from watertower.api.v1 import (
    announcements,
    annual_reports,
    apps,
    async_refreshes,
    collections,
    conversations,
    featured_tags,
    lists,
    markers,
    polls,
    push,
    scheduled_statuses,
    suggestions,
    tags,
    trends,
)
from watertower.api.v1 import filters as v1_filters
from watertower.api.v1 import media as media_v1
from watertower.api.v1 import profile as own_profile
from watertower.api.v1.accounts import block as account_block
from watertower.api.v1.accounts import credentials as account_credentials
from watertower.api.v1.accounts import endorse as account_endorse
from watertower.api.v1.accounts import follow as account_follow
from watertower.api.v1.accounts import follows as account_follows
from watertower.api.v1.accounts import mute as account_mute
from watertower.api.v1.accounts import note as account_note
from watertower.api.v1.accounts import relationships as account_relationships
from watertower.api.v1.accounts import search as account_search
from watertower.api.v1.accounts import show as account_show
from watertower.api.v1.accounts import statuses as account_statuses
from watertower.api.v1.accounts.create import post_account
from watertower.api.v1.admin import account_actions as admin_account_actions
from watertower.api.v1.admin import accounts as admin_accounts
from watertower.api.v1.admin import applicants as admin_applicants
from watertower.api.v1.admin import canonical_email_blocks as admin_address_blocks
from watertower.api.v1.admin import domain_allows as admin_domain_allows
from watertower.api.v1.admin import domain_blocks as admin_domain_blocks
from watertower.api.v1.admin import email_domain_blocks as admin_email_blocks
from watertower.api.v1.admin import ip_blocks as admin_ip_blocks
from watertower.api.v1.admin import numbers as admin_numbers
from watertower.api.v1.admin import reports as admin_reports
from watertower.api.v1.admin import tags as admin_tags
from watertower.api.v1.admin import trends as admin_trends
from watertower.api.v1.blocks import get_blocks
from watertower.api.v1.bookmarks import get_bookmarks
from watertower.api.v1.custom_emojis import get_custom_emojis
from watertower.api.v1.directory import get_directory
from watertower.api.v1.domain_blocks import (
    delete_domain_block,
    get_domain_blocks,
    get_preview,
    post_domain_block,
)
from watertower.api.v1.emails import confirmations
from watertower.api.v1.endorsements import get_endorsements
from watertower.api.v1.favourites import get_favourites
from watertower.api.v1.follow_requests import get_follow_requests, post_authorize, post_reject
from watertower.api.v1.instance import neighbours
from watertower.api.v1.instance import show as instance_show
from watertower.api.v1.mutes import get_mutes
from watertower.api.v1.notifications import dismiss as notification_dismiss
from watertower.api.v1.notifications import policy as notification_policy
from watertower.api.v1.notifications import requests as notification_requests
from watertower.api.v1.notifications.show import (
    get_notification,
    get_notifications,
    get_unread_count,
)
from watertower.api.v1.preferences import get_preferences
from watertower.api.v1.reports import post_report
from watertower.api.v1.statuses import bookmark as status_bookmark
from watertower.api.v1.statuses import boost as status_boost
from watertower.api.v1.statuses import history as status_history
from watertower.api.v1.statuses import mute as status_mute
from watertower.api.v1.statuses import people as status_people
from watertower.api.v1.statuses import pin as status_pin
from watertower.api.v1.statuses import quotes as status_quotes
from watertower.api.v1.statuses import show as status_show
from watertower.api.v1.statuses.context import get_context
from watertower.api.v1.statuses.create import post_status
from watertower.api.v1.statuses.delete import delete_own_status
from watertower.api.v1.statuses.edit import put_status
from watertower.api.v1.statuses.favourite import post_favourite, post_unfavourite
from watertower.api.v1.statuses.translate import post_translate
from watertower.api.v1.timelines.home import get_home
from watertower.api.v1.timelines.list import get_list_timeline
from watertower.api.v1.timelines.public import get_public
from watertower.api.v1.timelines.tag import get_link_timeline, get_tag_timeline
from watertower.api.v2 import notifications as grouped_notifications
from watertower.api.v2.filters import parts as filter_parts
from watertower.api.v2.filters import show as v2_filters
from watertower.api.v2.instance import get_instance
from watertower.api.v2.media import post_media_v2
from watertower.api.v2.search import get_search
from watertower.api.watertower.v1 import account_types as special_accounts
from watertower.api.watertower.v1 import (
    appeals,
    audit,
    bookmark_folders,
    cases,
    deliveries,
    desk_votes,
    drafts,
    freezes,
    inbound,
    my_reports,
    own_appeals,
    research,
    team,
    threads,
    votes,
    waves,
    webhooks,
)
from watertower.api.watertower.v1 import door as sign_up_door
from watertower.api.watertower.v1 import freeze as own_freeze
from watertower.api.watertower.v1 import servers as server_routes
from watertower.api.watertower.v1 import sign_ups as sign_up_routes
from watertower.api.watertower.v1 import standing as standing_routes

PUBLIC = Needs.NOTHING
# Everybody of a team, and who appoints them.
TEAM = Permission.VIEW_DASHBOARD | Permission.READ_CASES

# Who may let applicants in: Mastodon's permission, or ours.
MAY_REVIEW_SIGN_UPS = Permission.MANAGE_USERS | Permission.REVIEW_SIGN_UPS
MAY_READ_SERVERS = Permission.MANAGE_FEDERATION | Permission.REVIEW_SERVERS
MAY_CLOSE_THE_DOOR = Permission.LEAD_MODERATION | Permission.LEAD_INFRASTRUCTURE
MAY_KEEP_THE_DOOR = MAY_REVIEW_SIGN_UPS | MAY_CLOSE_THE_DOOR

# fmt: off
ROUTES: list[Route] = [
    # -- apps and sign-up ----------------------------------------------------------------------
    route("GET", "/.well-known/oauth-authorization-server", get_metadata, needs=Needs.UNASKED),
    route("POST", "/api/v1/apps", apps.post_app, needs=Needs.UNASKED, rate="apps"),
    route("GET", "/api/v1/apps/verify_credentials", apps.get_verify_credentials, needs=Needs.TOKEN),
    route("POST", "/oauth/token", post_token, needs=Needs.UNASKED),
    route("POST", "/oauth/revoke", post_revoke, needs=Needs.UNASKED),
    route("POST", "/oauth/introspect", post_introspect, needs=Needs.UNASKED),
    route("GET", "/oauth/token/info", get_token_info, needs=Needs.TOKEN),
    route("GET", "/oauth/userinfo", get_userinfo, scope="profile"),
    route("POST", "/oauth/userinfo", get_userinfo, scope="profile", frozen=True),
    route("POST", "/api/v1/accounts", post_account, needs=Needs.TOKEN, scope="write:accounts", rate="sign_ups"),
    route("POST", "/api/v1/emails/confirmations", confirmations.post_confirmation, needs=Needs.OWN_LOGIN, scope="write:accounts", frozen=True),
    route("GET", "/api/v1/emails/check_confirmation", confirmations.get_check_confirmation, needs=Needs.OWN_LOGIN, scope="read:accounts"),

    # -- accounts ------------------------------------------------------------------------------
    route("GET", "/api/v1/accounts/verify_credentials", account_credentials.get_verify_credentials, scope="profile|read:accounts"),
    route("PATCH", "/api/v1/accounts/update_credentials", account_credentials.patch_update_credentials, scope="write:accounts", takes_files=True, frozen=True),
    route("PUT", "/api/v1/accounts/update_credentials", account_credentials.patch_update_credentials, scope="write:accounts", takes_files=True, frozen=True),
    route("GET", "/api/v1/accounts/search", account_search.get_search, scope="read:accounts"),
    route("GET", "/api/v1/accounts/lookup", account_show.get_lookup, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/accounts/relationships", account_relationships.get_relationships, scope="read:follows"),
    route("GET", "/api/v1/accounts/familiar_followers", account_relationships.get_familiar_followers, scope="read:follows"),
    route("GET", "/api/v1/accounts", account_show.get_accounts, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/accounts/:id", account_show.get_account, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/accounts/:id/statuses", account_statuses.get_statuses, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/accounts/:id/followers", account_follows.get_followers, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/accounts/:id/following", account_follows.get_following, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/accounts/:id/endorsements", account_endorse.get_endorsements_of, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/accounts/:id/featured_tags", featured_tags.get_featured_tags_of_account, needs=PUBLIC),
    route("GET", "/api/v1/accounts/:id/identity_proofs", account_show.get_identity_proofs),
    route("POST", "/api/v1/accounts/:id/follow", account_follow.post_follow, scope="follow|write:follows", rate="follows"),
    route("POST", "/api/v1/accounts/:id/unfollow", account_follow.post_unfollow, scope="follow|write:follows"),
    route("POST", "/api/v1/accounts/:id/remove_from_followers", account_follow.post_remove_from_followers, scope="follow|write:follows"),
    route("POST", "/api/v1/accounts/:id/block", account_block.post_block, scope="follow|write:blocks"),
    route("POST", "/api/v1/accounts/:id/unblock", account_block.post_unblock, scope="follow|write:blocks"),
    route("POST", "/api/v1/accounts/:id/mute", account_mute.post_mute, scope="follow|write:mutes"),
    route("POST", "/api/v1/accounts/:id/unmute", account_mute.post_unmute, scope="follow|write:mutes"),
    route("POST", "/api/v1/accounts/:id/pin", account_endorse.post_endorse, scope="write:accounts"),
    route("POST", "/api/v1/accounts/:id/endorse", account_endorse.post_endorse, scope="write:accounts"),
    route("POST", "/api/v1/accounts/:id/unpin", account_endorse.post_unendorse, scope="write:accounts"),
    route("POST", "/api/v1/accounts/:id/unendorse", account_endorse.post_unendorse, scope="write:accounts"),
    route("POST", "/api/v1/accounts/:id/note", account_note.post_note, scope="write:accounts"),
    route("GET", "/api/v1/endorsements", get_endorsements, scope="read:accounts"),
    route("GET", "/api/v1/directory", get_directory, needs=PUBLIC),
    route("GET", "/api/v1/suggestions", suggestions.get_suggestions_v1, scope="read:accounts"),
    route("GET", "/api/v2/suggestions", suggestions.get_suggestions, scope="read:accounts"),
    route("DELETE", "/api/v1/suggestions/:account_id", suggestions.delete_suggestion, scope="write:accounts"),

    # -- one's own account and decisions -------------------------------------------------------
    route("GET", "/api/v1/profile", own_profile.get_profile, scope="profile|read:accounts"),
    route("PATCH", "/api/v1/profile", own_profile.patch_profile, scope="write:accounts", takes_files=True, frozen=True),
    route("PUT", "/api/v1/profile", own_profile.patch_profile, scope="write:accounts", takes_files=True, frozen=True),
    route("DELETE", "/api/v1/profile/avatar", own_profile.delete_avatar, scope="write:accounts", frozen=True),
    route("DELETE", "/api/v1/profile/header", own_profile.delete_header, scope="write:accounts", frozen=True),
    route("GET", "/api/v1/preferences", get_preferences, scope="read:accounts"),
    route("POST", "/api/v1/reports", post_report, scope="write:reports"),
    route("GET", "/api/v1/follow_requests", get_follow_requests, scope="follow|read:follows"),
    route("POST", "/api/v1/follow_requests/:account_id/authorize", post_authorize, scope="follow|write:follows"),
    route("POST", "/api/v1/follow_requests/:account_id/reject", post_reject, scope="follow|write:follows"),
    route("GET", "/api/v1/blocks", get_blocks, scope="follow|read:blocks"),
    route("GET", "/api/v1/mutes", get_mutes, scope="follow|read:mutes"),
    route("GET", "/api/v1/domain_blocks", get_domain_blocks, scope="follow|read:blocks"),
    route("GET", "/api/v1/domain_blocks/preview", get_preview, scope="follow|write:blocks"),
    route("POST", "/api/v1/domain_blocks", post_domain_block, scope="follow|write:blocks"),
    route("DELETE", "/api/v1/domain_blocks", delete_domain_block, scope="follow|write:blocks"),

    # -- statuses ------------------------------------------------------------------------------
    route("POST", "/api/v1/statuses", post_status, scope="write:statuses", rate="statuses"),
    route("GET", "/api/v1/statuses", status_show.get_statuses, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/statuses/:id", status_show.get_status, needs=PUBLIC, scope="read:statuses"),
    route("PUT", "/api/v1/statuses/:id", put_status, scope="write:statuses"),
    route("PATCH", "/api/v1/statuses/:id", put_status, scope="write:statuses"),
    route("DELETE", "/api/v1/statuses/:id", delete_own_status, scope="write:statuses", frozen=True),
    route("GET", "/api/v1/statuses/:id/context", get_context, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/statuses/:id/history", status_history.get_history, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/statuses/:id/source", status_history.get_source, scope="read:statuses"),
    route("GET", "/api/v1/statuses/:id/reblogged_by", status_people.get_reblogged_by, needs=PUBLIC, scope="read:accounts"),
    route("GET", "/api/v1/statuses/:id/favourited_by", status_people.get_favourited_by, needs=PUBLIC, scope="read:accounts"),
    route("POST", "/api/v1/statuses/:id/reblog", status_boost.post_reblog, scope="write:statuses", rate="statuses"),
    route("POST", "/api/v1/statuses/:id/unreblog", status_boost.post_unreblog, scope="write:statuses"),
    route("POST", "/api/v1/statuses/:id/favourite", post_favourite, scope="write:favourites"),
    route("POST", "/api/v1/statuses/:id/unfavourite", post_unfavourite, scope="write:favourites"),
    route("POST", "/api/v1/statuses/:id/bookmark", status_bookmark.post_bookmark, scope="write:bookmarks"),
    route("POST", "/api/v1/statuses/:id/unbookmark", status_bookmark.post_unbookmark, scope="write:bookmarks"),
    route("POST", "/api/v1/statuses/:id/mute", status_mute.post_mute, scope="write:mutes"),
    route("POST", "/api/v1/statuses/:id/unmute", status_mute.post_unmute, scope="write:mutes"),
    route("POST", "/api/v1/statuses/:id/pin", status_pin.post_pin, scope="write:accounts"),
    route("POST", "/api/v1/statuses/:id/unpin", status_pin.post_unpin, scope="write:accounts"),
    route("POST", "/api/v1/statuses/:id/translate", post_translate, scope="read:statuses"),
    route("GET", "/api/v1/statuses/:id/quotes", status_quotes.get_quotes, scope="read:statuses"),
    route("POST", "/api/v1/statuses/:id/quotes/:quoting_status_id/revoke", status_quotes.post_revoke_quote, scope="write:statuses"),
    route("PUT", "/api/v1/statuses/:id/interaction_policy", status_quotes.put_interaction_policy, scope="write:statuses"),
    route("PATCH", "/api/v1/statuses/:id/interaction_policy", status_quotes.put_interaction_policy, scope="write:statuses"),
    route("GET", "/api/v1/favourites", get_favourites, scope="read:favourites"),
    route("GET", "/api/v1/bookmarks", get_bookmarks, scope="read:bookmarks"),
    route("GET", "/api/oembed", get_oembed, needs=Needs.UNASKED),
    route("GET", "/api/web/embeds/:id", get_web_embed, needs=Needs.UNASKED),

    # -- polls and scheduled statuses ----------------------------------------------------------
    route("GET", "/api/v1/polls/:id", polls.get_poll, needs=PUBLIC, scope="read:statuses"),
    route("POST", "/api/v1/polls/:id/votes", polls.post_votes, scope="write:statuses"),
    route("GET", "/api/v1/scheduled_statuses", scheduled_statuses.get_scheduled_statuses, scope="read:statuses"),
    route("GET", "/api/v1/scheduled_statuses/:id", scheduled_statuses.get_scheduled_status, scope="read:statuses"),
    route("PUT", "/api/v1/scheduled_statuses/:id", scheduled_statuses.put_scheduled_status, scope="write:statuses"),
    route("PATCH", "/api/v1/scheduled_statuses/:id", scheduled_statuses.put_scheduled_status, scope="write:statuses"),
    route("DELETE", "/api/v1/scheduled_statuses/:id", scheduled_statuses.delete_scheduled_status, scope="write:statuses", frozen=True),
    # Beyond Mastodon: drafts, threads in one call, folders of bookmarks
    route("GET", "/api/watertower/v1/statuses/:id/deliveries", deliveries.get_deliveries, scope="read:statuses"),
    route("GET", "/api/watertower/v1/drafts", drafts.get_drafts, scope="read:statuses"),
    route("POST", "/api/watertower/v1/drafts", drafts.post_draft, scope="write:statuses"),
    route("GET", "/api/watertower/v1/drafts/:id", drafts.get_draft, scope="read:statuses"),
    route("PUT", "/api/watertower/v1/drafts/:id", drafts.put_draft, scope="write:statuses"),
    route("DELETE", "/api/watertower/v1/drafts/:id", drafts.delete_draft, scope="write:statuses"),
    route("POST", "/api/watertower/v1/drafts/:id/publish", drafts.post_publish, scope="write:statuses", rate="statuses"),
    route("POST", "/api/watertower/v1/threads", threads.post_thread, scope="write:statuses", rate="statuses"),
    route("GET", "/api/watertower/v1/bookmark_folders", bookmark_folders.get_folders, scope="read:bookmarks"),
    route("POST", "/api/watertower/v1/bookmark_folders", bookmark_folders.post_folder, scope="write:bookmarks"),
    route("PUT", "/api/watertower/v1/bookmark_folders/:id", bookmark_folders.put_folder, scope="write:bookmarks"),
    route("DELETE", "/api/watertower/v1/bookmark_folders/:id", bookmark_folders.delete_folder, scope="write:bookmarks"),

    # -- media ---------------------------------------------------------------------------------
    route("POST", "/api/v2/media", post_media_v2, scope="write:media", rate="uploads", takes_files=True, deadline_seconds=90),
    route("POST", "/api/v1/media", media_v1.post_media, scope="write:media", rate="uploads", takes_files=True, deadline_seconds=90, deprecated="@1584230400"),
    route("GET", "/api/v1/media/:id", media_v1.get_media, scope="write:media"),
    route("PUT", "/api/v1/media/:id", media_v1.put_media, scope="write:media", takes_files=True),
    route("PATCH", "/api/v1/media/:id", media_v1.put_media, scope="write:media", takes_files=True),
    route("DELETE", "/api/v1/media/:id", media_v1.delete_media, scope="write:media"),
    route("GET", "/api/v1/custom_emojis", get_custom_emojis, needs=PUBLIC),

    # -- timelines -----------------------------------------------------------------------------
    route("GET", "/api/v1/timelines/home", get_home, scope="read:statuses"),
    route("GET", "/api/v1/timelines/public", get_public, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/timelines/tag/:hashtag", get_tag_timeline, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/timelines/link", get_link_timeline, needs=PUBLIC, scope="read:statuses"),
    route("GET", "/api/v1/timelines/list/:list_id", get_list_timeline, scope="read:lists"),

    # -- notifications -------------------------------------------------------------------------
    route("GET", "/api/v1/notifications", get_notifications, scope="read:notifications"),
    route("GET", "/api/v1/notifications/unread_count", get_unread_count, scope="read:notifications"),
    route("POST", "/api/v1/notifications/clear", notification_dismiss.post_clear, scope="write:notifications"),
    route("GET", "/api/v1/notifications/policy", notification_policy.get_policy_v1, scope="read:notifications"),
    route("PUT", "/api/v1/notifications/policy", notification_policy.put_policy_v1, scope="write:notifications"),
    route("GET", "/api/v2/notifications/policy", notification_policy.get_policy, scope="read:notifications"),
    route("PATCH", "/api/v2/notifications/policy", notification_policy.patch_policy, scope="write:notifications"),
    route("PUT", "/api/v2/notifications/policy", notification_policy.patch_policy, scope="write:notifications"),
    route("GET", "/api/v1/notifications/requests", notification_requests.get_requests, scope="read:notifications"),
    route("GET", "/api/v1/notifications/requests/merged", notification_requests.get_merged, scope="read:notifications"),
    route("POST", "/api/v1/notifications/requests/accept", notification_requests.post_accept_all, scope="write:notifications"),
    route("POST", "/api/v1/notifications/requests/dismiss", notification_requests.post_dismiss_all, scope="write:notifications"),
    route("GET", "/api/v1/notifications/requests/:id", notification_requests.get_request, scope="read:notifications"),
    route("POST", "/api/v1/notifications/requests/:id/accept", notification_requests.post_accept, scope="write:notifications"),
    route("POST", "/api/v1/notifications/requests/:id/dismiss", notification_requests.post_dismiss, scope="write:notifications"),
    route("GET", "/api/v1/notifications/:id", get_notification, scope="read:notifications"),
    route("POST", "/api/v1/notifications/:id/dismiss", notification_dismiss.post_dismiss, scope="write:notifications"),
    route("GET", "/api/v2/notifications", grouped_notifications.get_groups, scope="read:notifications"),
    route("GET", "/api/v2/notifications/unread_count", grouped_notifications.get_unread_groups, scope="read:notifications"),
    route("POST", "/api/v2/notifications/clear", notification_dismiss.post_clear, scope="write:notifications"),
    route("GET", "/api/v2/notifications/:group_key", grouped_notifications.get_group, scope="read:notifications"),
    route("GET", "/api/v2/notifications/:group_key/accounts", grouped_notifications.get_accounts_of_group, scope="read:notifications"),
    route("POST", "/api/v2/notifications/:group_key/dismiss", grouped_notifications.post_dismiss_group, scope="write:notifications"),

    # -- lists, markers, conversations ---------------------------------------------------------
    route("GET", "/api/v1/lists", lists.get_lists, scope="read:lists"),
    route("POST", "/api/v1/lists", lists.post_list, scope="write:lists"),
    route("GET", "/api/v1/lists/:id", lists.get_list, scope="read:lists"),
    route("PUT", "/api/v1/lists/:id", lists.put_list, scope="write:lists"),
    route("PATCH", "/api/v1/lists/:id", lists.put_list, scope="write:lists"),
    route("DELETE", "/api/v1/lists/:id", lists.delete_list, scope="write:lists"),
    route("GET", "/api/v1/lists/:id/accounts", lists.get_list_accounts, scope="read:lists"),
    route("POST", "/api/v1/lists/:id/accounts", lists.post_list_accounts, scope="write:lists"),
    route("DELETE", "/api/v1/lists/:id/accounts", lists.delete_list_accounts, scope="write:lists"),
    route("GET", "/api/v1/markers", markers.get_markers, scope="read:statuses"),
    route("POST", "/api/v1/markers", markers.post_markers, scope="write:statuses", frozen=True),
    route("GET", "/api/v1/conversations", conversations.get_conversations, scope="read:statuses"),
    route("POST", "/api/v1/conversations/:id/read", conversations.post_read, scope="write:conversations"),
    route("POST", "/api/v1/conversations/:id/unread", conversations.post_unread, scope="write:conversations"),
    route("DELETE", "/api/v1/conversations/:id", conversations.delete_conversation, scope="write:conversations"),
    route("GET", "/api/v1/accounts/:id/lists", lists.get_lists_of_account, scope="read:lists"),

    # -- filters -------------------------------------------------------------------------------
    route("GET", "/api/v1/filters", v1_filters.get_filters, scope="read:filters", deprecated="@1668384000"),
    route("POST", "/api/v1/filters", v1_filters.post_filter, scope="write:filters", deprecated="@1668384000"),
    route("GET", "/api/v1/filters/:id", v1_filters.get_filter, scope="read:filters", deprecated="@1668384000"),
    route("PUT", "/api/v1/filters/:id", v1_filters.put_filter, scope="write:filters", deprecated="@1668384000"),
    route("PATCH", "/api/v1/filters/:id", v1_filters.put_filter, scope="write:filters", deprecated="@1668384000"),
    route("DELETE", "/api/v1/filters/:id", v1_filters.delete_filter, scope="write:filters", deprecated="@1668384000"),
    route("GET", "/api/v2/filters", v2_filters.get_filters, scope="read:filters"),
    route("POST", "/api/v2/filters", v2_filters.post_filter, scope="write:filters"),
    route("GET", "/api/v2/filters/:id", v2_filters.get_filter, scope="read:filters"),
    route("PUT", "/api/v2/filters/:id", v2_filters.put_filter, scope="write:filters"),
    route("PATCH", "/api/v2/filters/:id", v2_filters.put_filter, scope="write:filters"),
    route("DELETE", "/api/v2/filters/:id", v2_filters.delete_filter, scope="write:filters"),
    route("GET", "/api/v2/filters/:filter_id/keywords", filter_parts.get_keywords, scope="read:filters"),
    route("POST", "/api/v2/filters/:filter_id/keywords", filter_parts.post_keyword, scope="write:filters"),
    route("GET", "/api/v2/filters/keywords/:id", filter_parts.get_keyword, scope="read:filters"),
    route("PUT", "/api/v2/filters/keywords/:id", filter_parts.put_keyword, scope="write:filters"),
    route("PATCH", "/api/v2/filters/keywords/:id", filter_parts.put_keyword, scope="write:filters"),
    route("DELETE", "/api/v2/filters/keywords/:id", filter_parts.delete_keyword, scope="write:filters"),
    route("GET", "/api/v2/filters/:filter_id/statuses", filter_parts.get_statuses, scope="read:filters"),
    route("POST", "/api/v2/filters/:filter_id/statuses", filter_parts.post_status, scope="write:filters"),
    route("GET", "/api/v2/filters/statuses/:id", filter_parts.get_status, scope="read:filters"),
    route("DELETE", "/api/v2/filters/statuses/:id", filter_parts.delete_status, scope="write:filters"),

    # -- web push ------------------------------------------------------------------------------
    route("GET", "/api/v1/push/subscription", push.get_push_subscription, scope="push"),
    route("POST", "/api/v1/push/subscription", push.post_push_subscription, scope="push"),
    route("PUT", "/api/v1/push/subscription", push.put_push_subscription, scope="push"),
    route("PATCH", "/api/v1/push/subscription", push.put_push_subscription, scope="push"),
    route("DELETE", "/api/v1/push/subscription", push.delete_push_subscription, scope="push"),

    # -- search and hashtags -------------------------------------------------------------------
    route("GET", "/api/v2/search", get_search, needs=PUBLIC, scope="read:search"),
    route("GET", "/api/v1/tags/:name", tags.get_tag, needs=PUBLIC),
    route("POST", "/api/v1/tags/:name/follow", tags.post_follow, scope="follow|write:follows"),
    route("POST", "/api/v1/tags/:name/unfollow", tags.post_unfollow, scope="follow|write:follows"),
    route("POST", "/api/v1/tags/:name/feature", tags.post_feature, scope="write:accounts"),
    route("POST", "/api/v1/tags/:name/unfeature", tags.post_unfeature, scope="write:accounts"),
    route("GET", "/api/v1/followed_tags", tags.get_followed_tags, scope="follow|read:follows"),
    route("GET", "/api/v1/featured_tags", featured_tags.get_featured_tags, scope="read:accounts"),
    route("POST", "/api/v1/featured_tags", featured_tags.post_featured_tag, scope="write:accounts"),
    route("GET", "/api/v1/featured_tags/suggestions", featured_tags.get_suggestions, scope="read:accounts"),
    route("DELETE", "/api/v1/featured_tags/:id", featured_tags.delete_featured_tag, scope="write:accounts"),

    # -- collections ---------------------------------------------------------------------------
    route("GET", "/api/v1/accounts/:account_id/collections", collections.get_collections_of, scope="read:collections", needs=PUBLIC),
    route("GET", "/api/v1/accounts/:account_id/in_collections", collections.get_collections_with, scope="read:collections"),
    route("POST", "/api/v1/collections", collections.post_collection, scope="write:collections"),
    route("GET", "/api/v1/collections/:id", collections.get_collection, scope="read:collections", needs=PUBLIC),
    route("PATCH", "/api/v1/collections/:id", collections.patch_collection, scope="write:collections"),
    route("PUT", "/api/v1/collections/:id", collections.patch_collection, scope="write:collections"),
    route("DELETE", "/api/v1/collections/:id", collections.delete_collection, scope="write:collections"),
    route("POST", "/api/v1/collections/:collection_id/items", collections.post_item, scope="write:collections"),
    route("DELETE", "/api/v1/collections/:collection_id/items/:id", collections.delete_item, scope="write:collections"),
    route("POST", "/api/v1/collections/:collection_id/items/:id/revoke", collections.post_revoke, scope="write:collections"),
    route("GET", "/api/v1_alpha/accounts/:account_id/collections", collections.get_collections_of, scope="read:collections", needs=PUBLIC, deprecated="@1781049600"),
    route("GET", "/api/v1_alpha/accounts/:account_id/in_collections", collections.get_collections_with, scope="read:collections", deprecated="@1781049600"),
    route("POST", "/api/v1_alpha/collections", collections.post_collection, scope="write:collections", deprecated="@1781049600"),
    route("GET", "/api/v1_alpha/collections/:id", collections.get_collection, scope="read:collections", needs=PUBLIC, deprecated="@1781049600"),
    route("PATCH", "/api/v1_alpha/collections/:id", collections.patch_collection, scope="write:collections", deprecated="@1781049600"),
    route("PUT", "/api/v1_alpha/collections/:id", collections.patch_collection, scope="write:collections", deprecated="@1781049600"),
    route("DELETE", "/api/v1_alpha/collections/:id", collections.delete_collection, scope="write:collections", deprecated="@1781049600"),
    route("POST", "/api/v1_alpha/collections/:collection_id/items", collections.post_item, scope="write:collections", deprecated="@1781049600"),
    route("DELETE", "/api/v1_alpha/collections/:collection_id/items/:id", collections.delete_item, scope="write:collections", deprecated="@1781049600"),
    route("POST", "/api/v1_alpha/collections/:collection_id/items/:id/revoke", collections.post_revoke, scope="write:collections", deprecated="@1781049600"),

    # -- announcements and trends --------------------------------------------------------------
    route("GET", "/api/v1/announcements", announcements.get_announcements),
    route("POST", "/api/v1/announcements/:id/dismiss", announcements.post_dismiss, scope="write:accounts"),
    route("PUT", "/api/v1/announcements/:id/reactions/:name", announcements.put_reaction, scope="write:favourites"),
    route("PATCH", "/api/v1/announcements/:id/reactions/:name", announcements.put_reaction, scope="write:favourites"),
    route("DELETE", "/api/v1/announcements/:id/reactions/:name", announcements.delete_reaction, scope="write:favourites"),
    route("GET", "/api/v1/annual_reports", annual_reports.get_annual_reports, scope="read:accounts"),
    route("GET", "/api/v1/annual_reports/:year", annual_reports.get_annual_report, scope="read:accounts"),
    route("GET", "/api/v1/annual_reports/:year/state", annual_reports.get_state, scope="read:accounts"),
    route("POST", "/api/v1/annual_reports/:year/read", annual_reports.post_read, scope="write:accounts"),
    route("POST", "/api/v1/annual_reports/:year/generate", annual_reports.post_generate, scope="write:accounts"),
    route("GET", "/api/v1/trends", trends.get_tags, needs=PUBLIC),
    route("GET", "/api/v1/trends/tags", trends.get_tags, needs=PUBLIC),
    route("GET", "/api/v1/trends/links", trends.get_links, needs=PUBLIC),
    route("GET", "/api/v1/trends/statuses", trends.get_statuses, needs=PUBLIC),

    # -- the server ----------------------------------------------------------------------------
    route("GET", "/api/v2/instance", get_instance, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance", instance_show.get_instance_v1, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/rules", instance_show.get_rules, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/extended_description", instance_show.get_extended_description, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/privacy_policy", instance_show.get_privacy_policy, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/terms_of_service", instance_show.get_terms_of_service, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/terms_of_service/:date", instance_show.get_terms_of_service, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/languages", instance_show.get_languages, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/translation_languages", instance_show.get_translation_languages, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/peers", neighbours.get_peers, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/activity", neighbours.get_activity, needs=Needs.UNASKED),
    route("GET", "/api/v1/instance/domain_blocks", neighbours.get_domain_blocks, needs=PUBLIC),
    route("GET", "/api/v1/peers/search", neighbours.get_peers_search, needs=Needs.UNASKED),
    route("GET", "/api/v1/donation_campaigns", instance_show.get_donation_campaign),
    route("GET", "/api/v1_alpha/async_refreshes/:id", async_refreshes.get_async_refresh, scope="read"),

    # -- for moderators ------------------------------------------------------------------------
    route("GET", "/api/v1/admin/accounts", admin_accounts.get_accounts, scope="admin:read:accounts", permission=Permission.MANAGE_USERS),
    route("GET", "/api/v1/admin/accounts/:id", admin_accounts.get_account, scope="admin:read:accounts", permission=Permission.MANAGE_USERS),
    route("GET", "/api/v2/admin/accounts", admin_accounts.get_accounts_v2, scope="admin:read:accounts", permission=Permission.MANAGE_USERS),
    route("POST", "/api/v1/admin/accounts/:id/action", admin_account_actions.post_action, scope="admin:write:accounts", permission=Permission.MANAGE_USERS),
    route("POST", "/api/v1/admin/accounts/:id/enable", admin_account_actions.post_enable, scope="admin:write:accounts", permission=Permission.MANAGE_USERS),
    route("POST", "/api/v1/admin/accounts/:id/unsensitive", admin_account_actions.post_unsensitive, scope="admin:write:accounts", permission=Permission.MANAGE_USERS),
    route("POST", "/api/v1/admin/accounts/:id/unsilence", admin_account_actions.post_unsilence, scope="admin:write:accounts", permission=Permission.MANAGE_USERS),
    route("POST", "/api/v1/admin/accounts/:id/unsuspend", admin_account_actions.post_unsuspend, scope="admin:write:accounts", permission=Permission.MANAGE_USERS),
    route("DELETE", "/api/v1/admin/accounts/:id", admin_account_actions.remove_account, scope="admin:write:accounts", permission=Permission.MANAGE_USERS),
    route("POST", "/api/v1/admin/accounts/:id/approve", admin_applicants.post_approve, scope="admin:write:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/api/v1/admin/accounts/:id/reject", admin_applicants.post_reject, scope="admin:write:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("GET", "/api/v1/admin/email_domain_blocks", admin_email_blocks.get_blocks, scope="admin:read:email_domain_blocks", permission=Permission.MANAGE_BLOCKS),
    route("POST", "/api/v1/admin/email_domain_blocks", admin_email_blocks.post_block, scope="admin:write:email_domain_blocks", permission=Permission.MANAGE_BLOCKS),
    route("GET", "/api/v1/admin/email_domain_blocks/:id", admin_email_blocks.get_block, scope="admin:read:email_domain_blocks", permission=Permission.MANAGE_BLOCKS),
    route("DELETE", "/api/v1/admin/email_domain_blocks/:id", admin_email_blocks.delete_block, scope="admin:write:email_domain_blocks", permission=Permission.MANAGE_BLOCKS),
    route("GET", "/api/v1/admin/ip_blocks", admin_ip_blocks.get_blocks, scope="admin:read:ip_blocks", permission=Permission.MANAGE_BLOCKS),
    route("POST", "/api/v1/admin/ip_blocks", admin_ip_blocks.post_block, scope="admin:write:ip_blocks", permission=Permission.MANAGE_BLOCKS),
    route("GET", "/api/v1/admin/ip_blocks/:id", admin_ip_blocks.get_block, scope="admin:read:ip_blocks", permission=Permission.MANAGE_BLOCKS),
    route("PUT", "/api/v1/admin/ip_blocks/:id", admin_ip_blocks.put_block, scope="admin:write:ip_blocks", permission=Permission.MANAGE_BLOCKS),
    route("PATCH", "/api/v1/admin/ip_blocks/:id", admin_ip_blocks.put_block, scope="admin:write:ip_blocks", permission=Permission.MANAGE_BLOCKS),
    route("DELETE", "/api/v1/admin/ip_blocks/:id", admin_ip_blocks.delete_block, scope="admin:write:ip_blocks", permission=Permission.MANAGE_BLOCKS),
    route("POST", "/api/v1/admin/canonical_email_blocks/test", admin_address_blocks.post_test, scope="admin:read:canonical_email_blocks", permission=Permission.MANAGE_BLOCKS),
    route("GET", "/api/v1/admin/canonical_email_blocks", admin_address_blocks.get_blocks, scope="admin:read:canonical_email_blocks", permission=Permission.MANAGE_BLOCKS),
    route("POST", "/api/v1/admin/canonical_email_blocks", admin_address_blocks.post_block, scope="admin:write:canonical_email_blocks", permission=Permission.MANAGE_BLOCKS),
    route("GET", "/api/v1/admin/canonical_email_blocks/:id", admin_address_blocks.get_block, scope="admin:read:canonical_email_blocks", permission=Permission.MANAGE_BLOCKS),
    route("DELETE", "/api/v1/admin/canonical_email_blocks/:id", admin_address_blocks.delete_block, scope="admin:write:canonical_email_blocks", permission=Permission.MANAGE_BLOCKS),
    route("GET", "/api/v1/admin/reports", admin_reports.get_reports, scope="admin:read:reports", permission=Permission.MANAGE_REPORTS),
    route("GET", "/api/v1/admin/reports/:id", admin_reports.get_report, scope="admin:read:reports", permission=Permission.MANAGE_REPORTS),
    route("PUT", "/api/v1/admin/reports/:id", admin_reports.put_report, scope="admin:write:reports", permission=Permission.MANAGE_REPORTS),
    route("PATCH", "/api/v1/admin/reports/:id", admin_reports.put_report, scope="admin:write:reports", permission=Permission.MANAGE_REPORTS),
    route("POST", "/api/v1/admin/reports/:id/assign_to_self", admin_reports.post_assign, scope="admin:write:reports", permission=Permission.MANAGE_REPORTS),
    route("POST", "/api/v1/admin/reports/:id/unassign", admin_reports.post_unassign, scope="admin:write:reports", permission=Permission.MANAGE_REPORTS),
    route("POST", "/api/v1/admin/reports/:id/resolve", admin_reports.post_resolve, scope="admin:write:reports", permission=Permission.MANAGE_REPORTS),
    route("POST", "/api/v1/admin/reports/:id/reopen", admin_reports.post_reopen, scope="admin:write:reports", permission=Permission.MANAGE_REPORTS),
    route("GET", "/api/v1/admin/domain_allows", admin_domain_allows.get_allows, scope="admin:read:domain_allows", permission=Permission.MANAGE_FEDERATION),
    route("POST", "/api/v1/admin/domain_allows", admin_domain_allows.post_allow, scope="admin:write:domain_allows", permission=Permission.MANAGE_FEDERATION),
    route("GET", "/api/v1/admin/domain_allows/:id", admin_domain_allows.get_allow, scope="admin:read:domain_allows", permission=Permission.MANAGE_FEDERATION),
    route("DELETE", "/api/v1/admin/domain_allows/:id", admin_domain_allows.delete_allow, scope="admin:write:domain_allows", permission=Permission.MANAGE_FEDERATION),
    route("GET", "/api/v1/admin/domain_blocks", admin_domain_blocks.get_blocks, scope="admin:read:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("POST", "/api/v1/admin/domain_blocks", admin_domain_blocks.post_block, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("GET", "/api/v1/admin/domain_blocks/:id", admin_domain_blocks.get_block, scope="admin:read:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("PUT", "/api/v1/admin/domain_blocks/:id", admin_domain_blocks.put_block, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("PATCH", "/api/v1/admin/domain_blocks/:id", admin_domain_blocks.put_block, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("DELETE", "/api/v1/admin/domain_blocks/:id", admin_domain_blocks.delete_block, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("GET", "/api/v1/admin/tags", admin_tags.get_tags, scope="admin:read", permission=Permission.MANAGE_TAXONOMIES),
    route("GET", "/api/v1/admin/tags/:id", admin_tags.get_tag, scope="admin:read", permission=Permission.MANAGE_TAXONOMIES),
    route("PUT", "/api/v1/admin/tags/:id", admin_tags.put_tag, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("PATCH", "/api/v1/admin/tags/:id", admin_tags.put_tag, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("GET", "/api/v1/admin/trends/tags", admin_tags.get_trending, scope="admin:read", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/tags/:id/approve", admin_tags.post_approve, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/tags/:id/reject", admin_tags.post_reject, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("GET", "/api/v1/admin/trends/statuses", admin_trends.get_statuses, scope="admin:read", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/statuses/:id/approve", admin_trends.post_approve_status, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/statuses/:id/reject", admin_trends.post_reject_status, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("GET", "/api/v1/admin/trends/links", admin_trends.get_links, scope="admin:read", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/links/:id/approve", admin_trends.post_approve_link, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/links/:id/reject", admin_trends.post_reject_link, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("GET", "/api/v1/admin/trends/links/publishers", admin_trends.get_publishers, scope="admin:read", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/links/publishers/:id/approve", admin_trends.post_approve_publisher, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/trends/links/publishers/:id/reject", admin_trends.post_reject_publisher, scope="admin:write", permission=Permission.MANAGE_TAXONOMIES),
    route("POST", "/api/v1/admin/measures", admin_numbers.post_measures, scope="admin:read", permission=Permission.VIEW_DASHBOARD),
    route("POST", "/api/v1/admin/dimensions", admin_numbers.post_dimensions, scope="admin:read", permission=Permission.VIEW_DASHBOARD),
    route("POST", "/api/v1/admin/retention", admin_numbers.post_retention, scope="admin:read", permission=Permission.VIEW_DASHBOARD),

    # -- of our own: inbound rules and waves ---------------------------------------------------
    # Cases, and reports with more room (watertower)
    route("POST", "/api/watertower/v1/reports", my_reports.post_report, scope="write:reports"),
    route("GET", "/api/watertower/v1/reports", my_reports.get_reports, scope="read"),
    route("GET", "/api/watertower/v1/reports/:id", my_reports.get_report, scope="read"),
    route("POST", "/api/watertower/v1/reports/:id/messages", my_reports.post_message, scope="write:reports"),
    route("GET", "/api/watertower/v1/servers", server_routes.get_servers, scope="admin:read:domain_blocks", permission=MAY_READ_SERVERS),
    route("GET", "/api/watertower/v1/servers/:domain", server_routes.get_server, scope="admin:read:domain_blocks", permission=MAY_READ_SERVERS),
    route("GET", "/api/watertower/v1/servers/:domain/preview", server_routes.get_preview, scope="admin:read:domain_blocks", permission=MAY_READ_SERVERS),
    route("POST", "/api/watertower/v1/servers/:domain/decide", server_routes.post_decide, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("POST", "/api/watertower/v1/servers/:domain/lift", server_routes.post_lift, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("POST", "/api/watertower/v1/server_decisions/:id/agree", server_routes.post_agree, scope="admin:write:domain_blocks", permission=Permission.MANAGE_FEDERATION),
    route("GET", "/api/watertower/v1/severances", server_routes.get_severances, scope="read:follows"),
    route("GET", "/api/watertower/v1/severances/:id", server_routes.get_severance, scope="read:follows"),
    route("GET", "/api/watertower/v1/cases", cases.get_cases, scope="admin:read:reports", permission=Permission.READ_CASES),
    route("GET", "/api/watertower/v1/cases/:id", cases.get_case, scope="admin:read:reports", permission=Permission.READ_CASES),
    route("GET", "/api/watertower/v1/cases/:id/evidence", cases.get_evidence, scope="admin:read:reports", permission=Permission.READ_CASES),
    route("POST", "/api/watertower/v1/cases/:id/rate", cases.post_rate, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/assign", cases.post_assign, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/analyses", cases.post_analysis, scope="admin:write:reports", permission=Permission.ANALYSE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/decide", cases.post_decide, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/proposals/:proposal", cases.post_answer, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/merge", cases.post_merge, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/split", cases.post_split, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/tags", cases.post_tags, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/conflict", cases.post_conflict, scope="admin:write:reports", permission=Permission.READ_CASES),
    route("POST", "/api/watertower/v1/cases/:id/messages", cases.post_message, scope="admin:write:reports", permission=Permission.ANALYSE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/close", cases.post_close, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/reopen", cases.post_reopen, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/cases/:id/hold", cases.post_hold, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("GET", "/api/watertower/v1/inbound/rules", inbound.get_rules, scope="admin:read", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/rules", inbound.post_rule, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("GET", "/api/watertower/v1/inbound/rules/:id", inbound.get_rule, scope="admin:read", permission=Permission.WRITE_INBOUND_RULES),
    route("PUT", "/api/watertower/v1/inbound/rules/:id", inbound.put_rule, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/rules/:id/simulate", inbound.post_simulate, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/rules/:id/switch_on", inbound.post_switch_on, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/rules/:id/end", inbound.post_end, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/rules/:id/undo", inbound.post_undo, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("GET", "/api/watertower/v1/inbound/held", inbound.get_held, scope="admin:read", permission=Permission.WRITE_INBOUND_RULES),
    route("GET", "/api/watertower/v1/inbound/held/:id", inbound.get_pile, scope="admin:read", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/held/:id/release", inbound.post_release, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/inbound/held/:id/refuse", inbound.post_refuse, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("GET", "/api/watertower/v1/research", research.get_research, scope="admin:read", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("POST", "/api/watertower/v1/research", research.post_research, scope="admin:write", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("GET", "/api/watertower/v1/research/:id", research.get_workspace, scope="admin:read", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("POST", "/api/watertower/v1/research/:id/watch", research.post_watch, scope="admin:write", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("POST", "/api/watertower/v1/research/:id/unwatch", research.post_unwatch, scope="admin:write", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("POST", "/api/watertower/v1/research/:id/evidence", research.post_evidence, scope="admin:write", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("POST", "/api/watertower/v1/research/:id/hand_over", research.post_hand_over, scope="admin:write", permission=Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    route("GET", "/api/watertower/v1/waves", waves.get_waves, scope="admin:read", permission=Permission.WRITE_INBOUND_RULES),
    route("GET", "/api/watertower/v1/waves/:id", waves.get_wave, scope="admin:read", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/waves/:id/decide", waves.post_decide, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/waves/:id/harmless", waves.post_harmless, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    route("POST", "/api/watertower/v1/waves/:id/undo", waves.post_undo, scope="admin:write", permission=Permission.WRITE_INBOUND_RULES),
    # -- of our own: freezes -------------------------------------------------------------------
    route("GET", "/api/watertower/v1/freeze", own_freeze.get_freeze, scope="read:accounts"),
    route("POST", "/api/watertower/v1/freeze/answer", own_freeze.post_answer, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/freeze/tasks/:id/finish", own_freeze.post_finish, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/freeze/submit", own_freeze.post_submit, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/freeze/extend", own_freeze.post_extend, scope="write:accounts", frozen=True),
    route("GET", "/api/watertower/v1/freezes", freezes.get_freezes, scope="admin:read:accounts", permission=Permission.READ_CASES),
    route("POST", "/api/watertower/v1/freezes", freezes.post_freeze, scope="admin:write:accounts", permission=Permission.DECIDE_CASES),
    route("GET", "/api/watertower/v1/freezes/:id", freezes.get_freeze, scope="admin:read:accounts", permission=Permission.READ_CASES),
    route("POST", "/api/watertower/v1/freezes/:id/accept", freezes.post_accept, scope="admin:write:accounts", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/freezes/:id/ask_more", freezes.post_ask_more, scope="admin:write:accounts", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/freezes/:id/extend", freezes.post_extend, scope="admin:write:accounts", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/freezes/:id/withdraw", freezes.post_withdraw, scope="admin:write:accounts", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/freezes/:id/decide", freezes.post_decide, scope="admin:write:accounts", permission=Permission.LEAD_MODERATION),
    # Appeals
    route("GET", "/api/watertower/v1/appeals/mine", own_appeals.get_appeals, scope="read:accounts", frozen=True),
    route("POST", "/api/watertower/v1/appeals/mine", own_appeals.post_appeal, scope="write:accounts", frozen=True, takes_files=True),
    route("GET", "/api/watertower/v1/appeals/mine/:id", own_appeals.get_appeal, scope="read:accounts", frozen=True),
    route("POST", "/api/watertower/v1/appeals/mine/:id/messages", own_appeals.post_message, scope="write:accounts", frozen=True, takes_files=True),
    route("POST", "/api/watertower/v1/appeals/mine/:id/contact", own_appeals.post_contact, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/appeals/mine/:id/code", own_appeals.post_code, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/appeals/mine/:id/withdraw", own_appeals.post_withdraw, scope="write:accounts", frozen=True),
    route("GET", "/api/watertower/v1/appeals", appeals.get_appeals, scope="admin:read", permission=Permission.MANAGE_APPEALS),
    route("GET", "/api/watertower/v1/appeals/:id", appeals.get_appeal, scope="admin:read", permission=Permission.MANAGE_APPEALS),
    route("POST", "/api/watertower/v1/appeals/:id/messages", appeals.post_message, scope="admin:write", permission=Permission.MANAGE_APPEALS, takes_files=True),
    route("POST", "/api/watertower/v1/appeals/:id/notes", appeals.post_note, scope="admin:write", permission=Permission.MANAGE_APPEALS),
    route("POST", "/api/watertower/v1/appeals/:id/assign", appeals.post_assign, scope="admin:write", permission=Permission.MANAGE_APPEALS),
    route("POST", "/api/watertower/v1/appeals/:id/decide", appeals.post_decide, scope="admin:write", permission=Permission.MANAGE_APPEALS),
    route("POST", "/api/watertower/v1/appeals/:id/second", appeals.post_second, scope="admin:write", permission=Permission.MANAGE_APPEALS),
    route("POST", "/api/watertower/v1/appeals/:id/drop", appeals.post_drop, scope="admin:write", permission=Permission.MANAGE_APPEALS),
    route("GET", "/api/watertower/v1/audit_log", audit.get_audit_log, scope="admin:read", permission=Permission.VIEW_AUDIT_LOG | Permission.LEAD_MODERATION),

    # -- votes of the community ----------------------------------------------------------------
    route("GET", "/api/watertower/v1/votes", votes.get_votes, scope="read:statuses"),
    route("GET", "/api/watertower/v1/votes/:id", votes.get_vote, scope="read:statuses"),
    route("POST", "/api/watertower/v1/votes/:id/answer", votes.post_answer, scope="write:statuses", frozen=True),
    route("GET", "/api/watertower/v1/desk/votes", desk_votes.get_votes, scope="admin:read", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes", desk_votes.post_vote, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("GET", "/api/watertower/v1/desk/votes/:id", desk_votes.get_vote, scope="admin:read", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/draft", desk_votes.post_draft, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/read", desk_votes.post_read, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/herald", desk_votes.post_herald, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/open", desk_votes.post_open, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/decide", desk_votes.post_decide, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/publish", desk_votes.post_publish, scope="admin:write", permission=Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION),
    route("POST", "/api/watertower/v1/desk/votes/:id/cancel", desk_votes.post_cancel, scope="admin:write", permission=Permission.LEAD_MODERATION),

    # -- the team ------------------------------------------------------------------------------
    route("GET", "/api/watertower/v1/team", team.get_team, needs=Needs.UNASKED),
    route("GET", "/api/watertower/v1/team/availability", team.get_availability, scope="admin:read", permission=TEAM),
    route("PUT", "/api/watertower/v1/team/availability", team.put_availability, scope="admin:write", permission=TEAM),
    route("GET", "/api/watertower/v1/team/applications", team.get_applications, scope="admin:read", permission=TEAM),
    route("POST", "/api/watertower/v1/team/emergency", team.post_emergency, scope="admin:write", permission=TEAM),
    route("POST", "/api/watertower/v1/team/emergency/:id/agree", team.post_agree, scope="admin:write", permission=TEAM),
    route("GET", "/api/watertower/v1/practice", team.get_practice, scope="admin:read:reports", permission=Permission.ANALYSE_CASES),
    route("GET", "/api/watertower/v1/practice/:id", team.get_ticket, scope="admin:read:reports", permission=Permission.ANALYSE_CASES),
    route("POST", "/api/watertower/v1/practice/:id/analysis", team.post_analysis, scope="admin:write:reports", permission=Permission.ANALYSE_CASES),
    route("POST", "/api/watertower/v1/practice/:id/feedback", team.post_feedback, scope="admin:write:reports", permission=Permission.ANALYSE_CASES),
    route("GET", "/api/watertower/v1/trusted_reporters", team.get_reporters, scope="admin:read:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/trusted_reporters/:id/choose", team.post_choose, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/trusted_reporters/calls/:id/judge", team.post_judge, scope="admin:write:reports", permission=Permission.DECIDE_CASES),
    # -- our own: sign-ups and special accounts ---------------------------------------------------
    route("GET", "/api/watertower/v1/sign_ups", sign_up_routes.get_sign_ups, scope="admin:read:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("GET", "/api/watertower/v1/sign_ups/:id", sign_up_routes.get_sign_up, scope="admin:read:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/api/watertower/v1/sign_ups/:id/question", sign_up_routes.post_question, scope="admin:write:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/api/watertower/v1/sign_ups/:id/note", sign_up_routes.post_note, scope="admin:write:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/api/watertower/v1/sign_ups/:id/approve", sign_up_routes.post_approve, scope="admin:write:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/api/watertower/v1/sign_ups/:id/refuse", sign_up_routes.post_refuse, scope="admin:write:accounts", permission=MAY_REVIEW_SIGN_UPS),
    route("GET", "/api/watertower/v1/application", sign_up_routes.get_own, scope="read:accounts", needs=Needs.OWN_LOGIN),
    route("POST", "/api/watertower/v1/application/answer", sign_up_routes.post_own_answer, scope="write:accounts", needs=Needs.OWN_LOGIN),
    route("POST", "/api/watertower/v1/application/appeal", sign_up_routes.post_own_appeal, scope="write:accounts", needs=Needs.OWN_LOGIN),
    route("POST", "/api/watertower/v1/application/vouch", sign_up_routes.post_own_vouch, scope="write:accounts", needs=Needs.OWN_LOGIN),
    route("POST", "/api/watertower/v1/application/proof", sign_up_routes.post_own_proof, scope="write:accounts", needs=Needs.OWN_LOGIN),
    route("GET", "/api/watertower/v1/door", sign_up_door.get_door, scope="admin:read:accounts", permission=MAY_KEEP_THE_DOOR),
    route("POST", "/api/watertower/v1/door/raise", sign_up_door.post_raise, scope="admin:write:accounts", permission=MAY_KEEP_THE_DOOR),
    route("POST", "/api/watertower/v1/door/relax", sign_up_door.post_relax, scope="admin:write:accounts", permission=MAY_KEEP_THE_DOOR),
    route("POST", "/api/watertower/v1/door/close", sign_up_door.post_close, scope="admin:write:accounts", permission=MAY_CLOSE_THE_DOOR),
    route("POST", "/api/watertower/v1/door/look_again", sign_up_door.post_look_again, scope="admin:write:accounts", permission=MAY_CLOSE_THE_DOOR),
    route("POST", "/api/watertower/v1/door/reopen", sign_up_door.post_reopen, scope="admin:write:accounts", permission=MAY_CLOSE_THE_DOOR),
    route("GET", "/api/watertower/v1/account_type", special_accounts.get_own, scope="read:accounts"),
    route("PUT", "/api/watertower/v1/account_type", special_accounts.put_own, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/account_type/apply", special_accounts.post_apply, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/account_type/say", special_accounts.post_say, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/account_type/appeal", special_accounts.post_appeal, scope="write:accounts", frozen=True),
    route("POST", "/api/watertower/v1/account_type/accept", special_accounts.post_accept, scope="write:accounts", frozen=True),
    route("GET", "/api/watertower/v1/approved_accounts", special_accounts.get_approved, needs=Needs.UNASKED),
    route("GET", "/api/watertower/v1/account_types", special_accounts.get_approvals, scope="admin:read:accounts", permission=Permission.APPROVE_ACCOUNTS),
    route("GET", "/api/watertower/v1/account_types/:id", special_accounts.get_approval, scope="admin:read:accounts", permission=Permission.APPROVE_ACCOUNTS),
    route("POST", "/api/watertower/v1/account_types/:id/:verb", special_accounts.post_decide, scope="admin:write:accounts", permission=Permission.APPROVE_ACCOUNTS),
    route("GET", "/api/watertower/v1/standing", standing_routes.get_own, scope="read:accounts"),
    route("GET", "/api/watertower/v1/actions", standing_routes.get_actions, scope="admin:read:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/actions", standing_routes.post_action, scope="admin:write:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("GET", "/api/watertower/v1/actions/:id", standing_routes.get_action, scope="admin:read:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("PUT", "/api/watertower/v1/actions/:id", standing_routes.put_action, scope="admin:write:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/actions/:id/undo", standing_routes.post_undo, scope="admin:write:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/actions/:id/confirm", standing_routes.post_confirm, scope="admin:write:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("GET", "/api/watertower/v1/refusals", standing_routes.get_refusals, scope="admin:read:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("POST", "/api/watertower/v1/refusals", standing_routes.post_refusal, scope="admin:write:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("DELETE", "/api/watertower/v1/refusals/:id", standing_routes.remove_refusal, scope="admin:write:accounts", permission=Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    route("GET", "/api/watertower/v1/webhooks", webhooks.get_webhooks, scope="admin:read", permission=Permission.MANAGE_WEBHOOKS),
    route("POST", "/api/watertower/v1/webhooks", webhooks.post_webhook, scope="admin:write", permission=Permission.MANAGE_WEBHOOKS),
    route("GET", "/api/watertower/v1/webhooks/:id", webhooks.get_webhook, scope="admin:read", permission=Permission.MANAGE_WEBHOOKS),
    route("PUT", "/api/watertower/v1/webhooks/:id", webhooks.put_webhook, scope="admin:write", permission=Permission.MANAGE_WEBHOOKS),
    route("DELETE", "/api/watertower/v1/webhooks/:id", webhooks.delete_webhook, scope="admin:write", permission=Permission.MANAGE_WEBHOOKS),
]
# It describes all of the above and itself.
ROUTES.append(route("GET", "/api/openapi.json", describing(ROUTES), needs=Needs.UNASKED))

# fmt: on
