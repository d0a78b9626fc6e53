"""Every page, on one page. Addresses that browsers and apps know are as Mastodon has them."""

from watertower.accounts.model import Permission
from watertower.web.account import (
    applications,
    archive,
    compose,
    delete,
    edit,
    frozen,
    helping,
    migration,
    notifications,
    old_posts,
    preferences,
    profile,
    second_factor,
    sessions,
    severed,
    standing,
    transfer,
    vouches,
)
from watertower.web.account import type as account_type
from watertower.web.account.volunteering import (
    get_volunteering,
    post_availability,
    post_volunteering,
)
from watertower.web.appeals import own as own_appeal
from watertower.web.appeals import remote as remote_appeal
from watertower.web.assets import (
    get_asset,
    get_favicon,
    get_missing_avatar,
    get_missing_header,
    get_touch_icon,
)
from watertower.web.desk.account_types import listed as account_types_listed
from watertower.web.desk.account_types import one as account_types_one
from watertower.web.desk.accounts import act as desk_act
from watertower.web.desk.accounts import find as desk_find_accounts
from watertower.web.desk.accounts import notice as desk_notice
from watertower.web.desk.accounts import refusals as desk_refusals
from watertower.web.desk.accounts import show as desk_account
from watertower.web.desk.appeals import list as desk_appeals
from watertower.web.desk.appeals import one as desk_appeal
from watertower.web.desk.audit import list as desk_audit
from watertower.web.desk.blocks import listed as blocks_listed
from watertower.web.desk.cases import decide as desk_decide
from watertower.web.desk.cases import evidence as desk_evidence
from watertower.web.desk.cases import new as desk_new_case
from watertower.web.desk.cases import policy as desk_case_policy
from watertower.web.desk.cases import queue as desk_queue
from watertower.web.desk.cases import shown as desk_case
from watertower.web.desk.cases import talk as desk_talk
from watertower.web.desk.cases import work as desk_work
from watertower.web.desk.freezes import form as freeze_form
from watertower.web.desk.freezes import listed as freezes_listed
from watertower.web.desk.freezes import shown as freeze_shown
from watertower.web.desk.inbound import held as desk_held
from watertower.web.desk.inbound import rules as desk_rules
from watertower.web.desk.practice import tickets as practice
from watertower.web.desk.reporters import trusted
from watertower.web.desk.research import research as desk_research
from watertower.web.desk.servers import blocklisted as server_blocklists
from watertower.web.desk.servers import decide as server_decide
from watertower.web.desk.servers import listed as servers_listed
from watertower.web.desk.servers import reviewed as server_reviews
from watertower.web.desk.servers import shown as server_shown
from watertower.web.desk.servers import together as servers_together
from watertower.web.desk.sign_ups import door as sign_up_door
from watertower.web.desk.sign_ups import one as sign_up_one
from watertower.web.desk.sign_ups import queue as sign_up_queue
from watertower.web.desk.start import get_desk
from watertower.web.desk.team import applications as team_applications
from watertower.web.desk.team import emergency, positions
from watertower.web.desk.team import members as team_members
from watertower.web.desk.votes import votes as desk_votes
from watertower.web.desk.waves import waves as desk_waves
from watertower.web.desk.webhooks import list as desk_webhooks
from watertower.web.media import get_media_file, get_proxied_emoji, get_proxied_media
from watertower.web.public import share
from watertower.web.public.about import get_about
from watertower.web.public.approved import get_approval, get_approved
from watertower.web.public.deliveries import get_deliveries
from watertower.web.public.documents import (
    get_privacy_policy,
    get_robots,
    get_terms,
    get_terms_of_day,
)
from watertower.web.public.front import get_front
from watertower.web.public.local import get_local
from watertower.web.public.manifest import get_manifest
from watertower.web.public.profile import (
    get_media,
    get_media_feed,
    get_profile,
    get_tagged,
    get_with_replies,
    get_with_replies_feed,
)
from watertower.web.public.server import get_incident, get_server, get_servers, post_server
from watertower.web.public.status import get_embed, get_status
from watertower.web.public.tag import get_tag
from watertower.web.public.team import get_about_team, get_volunteer, post_volunteer
from watertower.web.public.votes import get_vote, get_votes, post_vote
from watertower.web.report import guest as report_guest
from watertower.web.report import mine as report_mine
from watertower.web.report import new as report_new
from watertower.web.route import Route, route
from watertower.web.sign_in import (
    authorize,
    confirmation,
    password,
    sign_in,
    sign_out,
    sign_up,
    waiting,
)

# Everybody of a team, and who appoints them.
TEAM = Permission.VIEW_DASHBOARD | Permission.READ_CASES
# Either of them: who manages users, or who decides cases.
STANDING = Permission.MANAGE_USERS | Permission.DECIDE_CASES

INBOUND = Permission.WRITE_INBOUND_RULES
RESEARCHING = Permission.DECIDE_CASES | Permission.REVIEW_SERVERS
DECIDING = Permission.DECIDE_CASES
READING = Permission.READ_CASES
LEADING = Permission.LEAD_MODERATION
ANALYSING = Permission.ANALYSE_CASES

MAY_REVIEW_SIGN_UPS = Permission.REVIEW_SIGN_UPS | Permission.MANAGE_USERS
APPROVERS = Permission.APPROVE_ACCOUNTS
MAY_KEEP_THE_DOOR = (
    MAY_REVIEW_SIGN_UPS | Permission.LEAD_MODERATION | Permission.LEAD_INFRASTRUCTURE
)

VOTES = Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION
APPEALS = Permission.MANAGE_APPEALS
WEBHOOKS = Permission.MANAGE_WEBHOOKS
AUDIT = Permission.VIEW_AUDIT_LOG | Permission.LEAD_MODERATION

# Who researches servers reads all of it; only MANAGE_FEDERATION decides.
SERVERS = Permission.MANAGE_FEDERATION | Permission.REVIEW_SERVERS

ROUTES: list[Route] = [
    # Public pages
    route("GET", "/", get_front),
    route("GET", "/about", get_about),
    route("GET", "/about/team", get_about_team),
    route("GET", "/votes", get_votes),
    route("GET", "/votes/:id", get_vote),
    route("POST", "/votes/:id", post_vote, needs_member=True, frozen=True),
    route("GET", "/volunteer/:team", get_volunteer),
    route("POST", "/volunteer/:team", post_volunteer, needs_member=True),
    route("GET", "/approved", get_approved),
    route("GET", "/approved/:name", get_approval),
    route("GET", "/privacy-policy", get_privacy_policy),
    route("GET", "/terms-of-service", get_terms),
    route("GET", "/terms-of-service/:date", get_terms_of_day),
    route("GET", "/public/local", get_local),
    route("GET", "/tags/:tag", get_tag),
    route("GET", "/:name", get_profile),
    route("GET", "/:name/with_replies", get_with_replies),
    route("GET", "/:name/media", get_media),
    route("GET", "/:name/with_replies.rss", get_with_replies_feed),
    route("GET", "/:name/media.rss", get_media_feed),
    route("GET", "/:name/tagged/:tag", get_tagged),
    route("GET", "/:name/:id", get_status),
    route("GET", "/:name/:id/deliveries", get_deliveries),
    route("GET", "/:name/:id/embed", get_embed, may_be_framed=True),
    route("GET", "/servers", get_servers),
    route("GET", "/servers/:domain", get_server),
    route("POST", "/servers/:domain", post_server),
    route("GET", "/servers/incidents/:id", get_incident),
    # Ways in from other sites
    route("GET", "/share", share.get_share, needs_member=True),
    route("GET", "/intent", share.get_intent),
    route("GET", "/authorize_interaction", share.get_interaction, needs_member=True),
    route("GET", "/.well-known/proxy", share.get_proxy),
    route("GET", "/remote_interaction_helper", share.get_interaction_helper),
    route("GET", "/redirect/accounts/:id", share.get_redirect_account),
    route("GET", "/redirect/statuses/:id", share.get_redirect_status),
    route("GET", "/custom.css", share.get_custom_css, knows_session=False),
    # Signing up and in
    route("GET", "/auth/sign_up", sign_up.get_sign_up),
    route("POST", "/auth/sign_up", sign_up.post_sign_up),
    route("GET", "/invite/:code", sign_up.get_invite),
    route("GET", "/auth/sign_in", sign_in.get_sign_in),
    route("POST", "/auth/sign_in", sign_in.post_sign_in),
    route("GET", "/auth/sign_in/code", sign_in.get_code),
    route("POST", "/auth/sign_in/code", sign_in.post_code),
    route("GET", "/auth/sign_out", sign_out.get_sign_out),
    route("POST", "/auth/sign_out", sign_out.post_sign_out),
    route("GET", "/auth/waiting", waiting.get_waiting),
    route("POST", "/auth/waiting", waiting.post_waiting, needs_login=True),
    route("POST", "/auth/waiting/answer", waiting.post_answer, needs_login=True),
    route("POST", "/auth/waiting/vouch", waiting.post_vouch, needs_login=True),
    route("POST", "/auth/waiting/proof", waiting.post_proof, needs_login=True),
    route("POST", "/auth/waiting_list", sign_up.post_waiting_list),
    route("GET", "/auth/confirmation", confirmation.get_confirmation),
    route("POST", "/auth/confirmation", confirmation.post_confirmation),
    route("GET", "/auth/confirmation/new", confirmation.get_new_confirmation),
    route("GET", "/auth/password/new", password.get_new_password),
    route("POST", "/auth/password", password.post_password),
    route("GET", "/auth/password/edit", password.get_edit_password),
    route("POST", "/auth/password/edit", password.post_edit_password),
    # Letting an app in
    route("GET", "/oauth/authorize", authorize.get_authorize),
    route("POST", "/oauth/authorize", authorize.post_authorize, needs_member=True, frozen=True),
    route("DELETE", "/oauth/authorize", authorize.delete_authorize, needs_member=True, frozen=True),
    route("GET", "/oauth/authorize/native", authorize.get_native, needs_member=True),
    # One's own account
    route("POST", "/compose", compose.post_compose, needs_member=True),
    route("GET", "/auth/edit", edit.get_edit, needs_login=True),
    route("POST", "/auth/edit/email", edit.post_email, needs_login=True),
    route("POST", "/auth/edit/password", edit.post_password, needs_login=True),
    route("GET", "/auth/second_factor", second_factor.get_second_factor, needs_login=True),
    route("POST", "/auth/second_factor/begin", second_factor.post_begin, needs_login=True),
    route("POST", "/auth/second_factor/confirm", second_factor.post_confirm, needs_login=True),
    route("POST", "/auth/second_factor/recovery_codes", second_factor.post_renew, needs_login=True),
    route("POST", "/auth/second_factor/disable", second_factor.post_disable, needs_login=True),
    route("GET", "/auth/sessions", sessions.get_sessions, needs_login=True),
    route("POST", "/auth/sessions/:id/revoke", sessions.post_revoke, needs_login=True),
    route("POST", "/auth/sessions/revoke_others", sessions.post_revoke_others, needs_login=True),
    route("GET", "/oauth/applications", applications.get_all_applications),
    route("GET", "/oauth/authorized_applications", applications.get_applications, needs_login=True),
    route(
        "DELETE",
        "/oauth/authorized_applications/:id",
        applications.delete_application,
        needs_login=True,
    ),
    route(
        "POST",
        "/oauth/authorized_applications/:id/revoke",
        applications.post_revoke,
        needs_login=True,
    ),
    # While frozen
    route("GET", "/account/frozen", frozen.get_frozen, needs_member=True),
    route("POST", "/account/frozen/answer", frozen.post_answer, needs_member=True, frozen=True),
    route("POST", "/account/frozen/tasks/:id", frozen.post_task, needs_member=True, frozen=True),
    route(
        "POST",
        "/account/frozen/posts/:id/delete",
        frozen.post_delete,
        needs_member=True,
        frozen=True,
    ),
    route("POST", "/account/frozen/submit", frozen.post_submit, needs_member=True, frozen=True),
    route(
        "POST", "/account/frozen/more_time", frozen.post_more_time, needs_member=True, frozen=True
    ),
    # Settings
    route("GET", "/settings/profile", profile.get_profile_settings, needs_member=True),
    route(
        "POST",
        "/settings/profile",
        profile.post_profile_settings,
        needs_member=True,
        takes_files=True,
        frozen=True,
    ),
    route("GET", "/settings/preferences", preferences.get_preferences, needs_member=True),
    route("POST", "/settings/preferences", preferences.post_preferences, needs_member=True),
    route("GET", "/settings/notifications", notifications.get_notifications, needs_member=True),
    route("POST", "/settings/notifications", notifications.post_notifications, needs_member=True),
    route("GET", "/unsubscribe", notifications.get_unsubscribe),
    route("POST", "/unsubscribe", notifications.post_unsubscribe, takes_foreign_forms=True),
    route("GET", "/settings/export", transfer.get_export, needs_member=True),
    route("GET", "/settings/exports/:name", transfer.get_export_file, needs_member=True),
    route("GET", "/settings/imports", transfer.get_imports, needs_member=True),
    route("POST", "/settings/imports", transfer.post_imports, needs_member=True, takes_files=True),
    route("GET", "/settings/imports/:id/failures", transfer.get_failures, needs_member=True),
    route("GET", "/settings/old_posts", old_posts.get_old_posts, needs_member=True),
    route("POST", "/settings/old_posts", old_posts.post_old_posts, needs_member=True),
    route("GET", "/settings/migration", migration.get_migration, needs_member=True),
    route("POST", "/settings/migration", migration.post_migration, needs_member=True),
    route("POST", "/settings/migration/stay", migration.post_stay, needs_member=True),
    route("GET", "/settings/aliases", migration.get_aliases),
    route("POST", "/settings/aliases", migration.post_alias, needs_member=True),
    route("POST", "/settings/aliases/remove", migration.post_remove_alias, needs_member=True),
    route("GET", "/settings/severed", severed.get_severed, needs_member=True),
    route("GET", "/settings/severed/:id", severed.get_one, needs_member=True),
    route("GET", "/settings/severed/:id/:name", severed.get_file, needs_member=True),
    # Who is suspended takes the data along as well.
    route("GET", "/settings/archive", archive.get_archive, needs_login=True),
    route("POST", "/settings/archive", archive.post_archive, needs_login=True),
    route("GET", "/backups/:id/download", archive.get_archive_file, needs_member=True),
    route("GET", "/settings/archive/:id", archive.get_archive_file, needs_login=True),
    route("GET", "/account/standing", standing.get_standing, needs_login=True),
    route("GET", "/settings/delete", delete.get_delete, needs_login=True),
    route("POST", "/settings/delete", delete.post_delete, needs_login=True),
    route("GET", "/.well-known/change-password", edit.get_change_password),
    # Appeals: signed links work signed out
    route("GET", "/appeals/new", own_appeal.get_new, needs_login=True),
    route("GET", "/appeals/remote", remote_appeal.get_remote),
    route("POST", "/appeals/remote", remote_appeal.post_remote),
    route("GET", "/appeals/remote/:ticket", remote_appeal.get_proof),
    route("POST", "/appeals/remote/:ticket", remote_appeal.post_proof),
    route("GET", "/appeals/remote/proved/:ticket", remote_appeal.get_proved),
    route("POST", "/appeals/remote/proved/:ticket", remote_appeal.post_proved),
    route("GET", "/appeals/proof/:code", remote_appeal.get_proof_link),
    route("GET", "/appeals/:token", own_appeal.get_appeal),
    route("POST", "/appeals/:token", own_appeal.post_appeal, takes_files=True),
    route("POST", "/appeals/:token/messages", own_appeal.post_message, takes_files=True),
    route("POST", "/appeals/:token/contact", own_appeal.post_contact),
    route("POST", "/appeals/:token/code", own_appeal.post_code),
    route("POST", "/appeals/:token/withdraw", own_appeal.post_withdraw),
    route("POST", "/appeals/:token/question", own_appeal.post_question),
    route("GET", "/appeals/:token/files/:message/:place", own_appeal.get_file),
    # Telling the moderators
    route("GET", "/reports/new", report_new.get_new, needs_member=True),
    route("POST", "/reports/preview", report_new.post_preview, needs_member=True),
    route("POST", "/reports", report_new.post_report, needs_member=True),
    route("GET", "/account/reports", report_mine.get_reports, needs_member=True),
    route("GET", "/account/reports/:id", report_mine.get_report, needs_member=True),
    route(
        "POST",
        "/account/reports/:id",
        report_mine.post_report,
        needs_member=True,
        takes_files=True,
    ),
    route(
        "GET",
        "/account/conversations",
        report_mine.get_conversations,
        needs_login=True,
        frozen=True,
    ),
    route(
        "GET",
        "/account/conversations/:id",
        report_mine.get_conversation,
        needs_login=True,
        frozen=True,
    ),
    route(
        "POST",
        "/account/conversations/:id",
        report_mine.post_conversation,
        needs_login=True,
        frozen=True,
    ),
    route("GET", "/account/guest_cases/:id", report_guest.get_guest_case, needs_member=True),
    route("POST", "/account/guest_cases/:id", report_guest.post_guest_case, needs_member=True),
    route("GET", "/messages/:id", report_mine.get_message, frozen=True),
    # Files
    route("GET", "/media/*key", get_media_file, knows_session=False),
    route("GET", "/media_proxy/:id/:part", get_proxied_media, knows_session=False),
    route("GET", "/emoji_proxy/:part", get_proxied_emoji, knows_session=False),
    route("GET", "/assets/:name", get_asset, knows_session=False),
    route("GET", "/avatars/original/missing.png", get_missing_avatar, knows_session=False),
    route("GET", "/headers/original/missing.png", get_missing_header, knows_session=False),
    route("GET", "/robots.txt", get_robots, knows_session=False),
    route("GET", "/favicon.ico", get_favicon, knows_session=False),
    route("GET", "/apple-touch-icon.png", get_touch_icon, knows_session=False),
    route("GET", "/manifest", get_manifest),
    # The desk
    route("GET", "/desk", get_desk, needs_member=True),
    route("GET", "/desk/cases", desk_queue.get_queue, permission=READING),
    route("POST", "/desk/cases/graphic", desk_queue.post_graphic, permission=READING),
    route("GET", "/desk/cases/new", desk_new_case.get_new, permission=DECIDING),
    route("POST", "/desk/cases/new", desk_new_case.post_new, permission=DECIDING),
    route("GET", "/desk/cases/:id", desk_case.get_case, permission=READING),
    route("POST", "/desk/cases/:id/conflict", desk_work.post_conflict, permission=READING),
    route("POST", "/desk/cases/:id/analysis", desk_work.post_analysis, permission=ANALYSING),
    route("POST", "/desk/cases/:id/rate", desk_work.post_rate, permission=DECIDING),
    route("POST", "/desk/cases/:id/assign", desk_work.post_assign, permission=DECIDING),
    route("POST", "/desk/cases/:id/ask", desk_work.post_ask, permission=DECIDING),
    route("POST", "/desk/cases/:id/tags", desk_work.post_tags, permission=DECIDING),
    route("POST", "/desk/cases/:id/link", desk_work.post_link, permission=DECIDING),
    route("POST", "/desk/cases/:id/merge", desk_work.post_merge, permission=DECIDING),
    route("POST", "/desk/cases/:id/deny", desk_work.post_deny, permission=DECIDING),
    route("POST", "/desk/cases/:id/split/:report", desk_work.post_split, permission=DECIDING),
    route("POST", "/desk/cases/:id/people", desk_work.post_person, permission=DECIDING),
    route("POST", "/desk/cases/:id/alternates", desk_work.post_alternate, permission=DECIDING),
    route("POST", "/desk/cases/:id/guests", desk_work.post_guest, permission=DECIDING),
    route("POST", "/desk/cases/:id/money", desk_work.post_money, permission=DECIDING),
    route("POST", "/desk/cases/:id/forward", desk_work.post_forward, permission=DECIDING),
    route(
        "POST",
        "/desk/cases/:id/forwards/:forward/withdraw",
        desk_work.post_withdraw_forward,
        permission=DECIDING,
    ),
    route("POST", "/desk/cases/:id/close", desk_work.post_close, permission=DECIDING),
    route("POST", "/desk/cases/:id/reopen", desk_work.post_reopen, permission=DECIDING),
    route("POST", "/desk/cases/:id/decide", desk_decide.post_decide, permission=DECIDING),
    route(
        "POST", "/desk/cases/:id/proposals/:proposal", desk_decide.post_answer, permission=DECIDING
    ),
    route(
        "POST",
        "/desk/cases/:id/proposals/:proposal/withdraw",
        desk_decide.post_withdraw,
        permission=DECIDING,
    ),
    route("POST", "/desk/cases/:id/suspect", desk_decide.post_suspect, permission=DECIDING),
    route(
        "POST", "/desk/cases/:id/mistakes/:mistake", desk_decide.post_mistake, permission=DECIDING
    ),
    route(
        "POST", "/desk/cases/:id/threads/:thread/settle", desk_talk.post_settle, permission=DECIDING
    ),
    route("POST", "/desk/cases/:id/hold", desk_evidence.post_hold, permission=DECIDING),
    route("POST", "/desk/cases/:id/export", desk_evidence.post_export, permission=DECIDING),
    route("POST", "/desk/cases/:id/messages", desk_talk.post_message, permission=ANALYSING),
    route("POST", "/desk/cases/:id/threads/:thread", desk_talk.post_reply, permission=ANALYSING),
    route("GET", "/desk/evidence/:id/files/:number", desk_evidence.get_file, permission=READING),
    route("GET", "/desk/case-policy", desk_case_policy.get_policy, permission=LEADING),
    route("POST", "/desk/case-policy", desk_case_policy.post_policy, permission=LEADING),
    route("POST", "/desk/case-policy/rules/:id", desk_case_policy.post_rule, permission=LEADING),
    route("GET", "/desk/templates", desk_talk.get_templates, permission=DECIDING),
    route("POST", "/desk/templates", desk_talk.post_template, permission=DECIDING),
    route(
        "POST", "/desk/templates/:id/remove", desk_talk.post_remove_template, permission=DECIDING
    ),
    route("GET", "/desk/votes", desk_votes.get_votes, permission=VOTES),
    route("POST", "/desk/votes", desk_votes.post_votes, permission=VOTES),
    route("GET", "/desk/votes/:id", desk_votes.get_vote, permission=VOTES),
    route("POST", "/desk/votes/:id/draft", desk_votes.post_draft, permission=VOTES),
    route("POST", "/desk/votes/:id/read", desk_votes.post_read, permission=VOTES),
    route("POST", "/desk/votes/:id/herald", desk_votes.post_herald, permission=VOTES),
    route("POST", "/desk/votes/:id/open", desk_votes.post_open, permission=VOTES),
    route("POST", "/desk/votes/:id/decide", desk_votes.post_decide, permission=VOTES),
    route("POST", "/desk/votes/:id/publish", desk_votes.post_publish, permission=VOTES),
    route("POST", "/desk/votes/:id/cancel", desk_votes.post_cancel, permission=LEADING),
    route("GET", "/desk/webhooks", desk_webhooks.get_webhooks, permission=WEBHOOKS),
    route("POST", "/desk/webhooks", desk_webhooks.post_webhook, permission=WEBHOOKS),
    route("GET", "/desk/webhooks/:id", desk_webhooks.get_webhook, permission=WEBHOOKS),
    route("POST", "/desk/webhooks/:id", desk_webhooks.post_change, permission=WEBHOOKS),
    route("POST", "/desk/webhooks/:id/rotate", desk_webhooks.post_rotate, permission=WEBHOOKS),
    route("POST", "/desk/webhooks/:id/remove", desk_webhooks.post_remove, permission=WEBHOOKS),
    route("GET", "/desk/audit", desk_audit.get_audit, permission=AUDIT),
    route("POST", "/desk/audit/export", desk_audit.post_export, permission=AUDIT),
    route("GET", "/desk/appeals", desk_appeals.get_appeals, permission=APPEALS),
    route("GET", "/desk/appeals/:id", desk_appeal.get_appeal, permission=APPEALS),
    route(
        "POST",
        "/desk/appeals/:id/messages",
        desk_appeal.post_message,
        permission=APPEALS,
        takes_files=True,
    ),
    route("POST", "/desk/appeals/:id/notes", desk_appeal.post_note, permission=APPEALS),
    route("POST", "/desk/appeals/:id/assign", desk_appeal.post_assign, permission=APPEALS),
    route("POST", "/desk/appeals/:id/decide", desk_appeal.post_decide, permission=APPEALS),
    route("POST", "/desk/appeals/:id/second", desk_appeal.post_second, permission=APPEALS),
    route("POST", "/desk/appeals/:id/drop", desk_appeal.post_drop, permission=APPEALS),
    route(
        "GET",
        "/desk/appeals/:id/files/:message/:place",
        desk_appeal.get_file,
        permission=APPEALS,
    ),
    route("GET", "/desk/accounts", desk_find_accounts.get_accounts, permission=STANDING),
    route("GET", "/desk/accounts/:id", desk_account.get_account, permission=STANDING),
    route("POST", "/desk/accounts/:id/address", desk_account.post_address, permission=STANDING),
    route("POST", "/desk/accounts/:id/delete", desk_account.post_delete, permission=STANDING),
    route("GET", "/desk/accounts/:id/act", desk_act.get_act, permission=STANDING),
    route("POST", "/desk/accounts/:id/act", desk_act.post_act, permission=STANDING),
    route("POST", "/desk/actions/:action/undo", desk_account.post_undo, permission=STANDING),
    route("POST", "/desk/actions/:action/confirm", desk_account.post_confirm, permission=STANDING),
    route("POST", "/desk/actions/:action/terms", desk_account.post_terms, permission=STANDING),
    route("GET", "/desk/actions/:action/notice", desk_notice.get_notice, permission=STANDING),
    route("POST", "/desk/actions/:action/notice", desk_notice.post_notice, permission=STANDING),
    route("GET", "/desk/refusals", desk_refusals.get_refusals, permission=STANDING),
    route("POST", "/desk/refusals", desk_refusals.post_refusal, permission=STANDING),
    route("POST", "/desk/refusals/:id/withdraw", desk_refusals.post_withdraw, permission=STANDING),
    route("GET", "/desk/accounts/:id/freeze", freeze_form.get_form, permission=DECIDING),
    route("POST", "/desk/accounts/:id/freeze", freeze_form.post_form, permission=DECIDING),
    route("GET", "/desk/freezes", freezes_listed.get_freezes, permission=Permission.READ_CASES),
    route("GET", "/desk/freezes/:id", freeze_shown.get_freeze, permission=Permission.READ_CASES),
    route("POST", "/desk/freezes/:id/accept", freeze_shown.post_accept, permission=DECIDING),
    route("POST", "/desk/freezes/:id/ask_more", freeze_shown.post_ask_more, permission=DECIDING),
    route("POST", "/desk/freezes/:id/extend", freeze_shown.post_extend, permission=DECIDING),
    route("POST", "/desk/freezes/:id/withdraw", freeze_shown.post_withdraw, permission=DECIDING),
    route(
        "POST",
        "/desk/freezes/:id/decide",
        freeze_shown.post_decide,
        permission=Permission.LEAD_MODERATION,
    ),
    route("GET", "/desk/inbound", desk_rules.get_rules, permission=INBOUND),
    route("GET", "/desk/inbound/new", desk_rules.get_new_rule, permission=INBOUND),
    route("POST", "/desk/inbound/new", desk_rules.post_new_rule, permission=INBOUND),
    route("GET", "/desk/inbound/held", desk_held.get_held, permission=INBOUND),
    route("GET", "/desk/inbound/held/:id", desk_held.get_pile, permission=INBOUND),
    route("POST", "/desk/inbound/held/:id", desk_held.post_pile, permission=INBOUND),
    route("GET", "/desk/inbound/:id", desk_rules.get_rule, permission=INBOUND),
    route("GET", "/desk/inbound/:id/edit", desk_rules.get_edit_rule, permission=INBOUND),
    route("POST", "/desk/inbound/:id/edit", desk_rules.post_edit_rule, permission=INBOUND),
    route("POST", "/desk/inbound/:id/simulate", desk_rules.post_simulate, permission=INBOUND),
    route("POST", "/desk/inbound/:id/switch_on", desk_rules.post_switch_on, permission=INBOUND),
    route("POST", "/desk/inbound/:id/end", desk_rules.post_end, permission=INBOUND),
    route("POST", "/desk/inbound/:id/undo", desk_rules.post_undo, permission=INBOUND),
    route("GET", "/desk/research", desk_research.get_list, permission=RESEARCHING),
    route("POST", "/desk/research/new", desk_research.post_new, permission=RESEARCHING),
    route("GET", "/desk/research/:id", desk_research.get_one, permission=RESEARCHING),
    route("POST", "/desk/research/:id/watch", desk_research.post_watch, permission=RESEARCHING),
    route("POST", "/desk/research/:id/unwatch", desk_research.post_unwatch, permission=RESEARCHING),
    route(
        "POST", "/desk/research/:id/evidence", desk_research.post_evidence, permission=RESEARCHING
    ),
    route(
        "POST", "/desk/research/:id/hand_over", desk_research.post_hand_over, permission=RESEARCHING
    ),
    route("GET", "/desk/waves", desk_waves.get_waves, permission=INBOUND),
    route("GET", "/desk/waves/:id", desk_waves.get_wave, permission=INBOUND),
    route("GET", "/desk/waves/:id/accounts", desk_waves.get_accounts, permission=INBOUND),
    route("POST", "/desk/waves/:id/decide", desk_waves.post_decide, permission=INBOUND),
    route("POST", "/desk/waves/:id/harmless", desk_waves.post_harmless, permission=INBOUND),
    route("POST", "/desk/waves/decisions/:id/undo", desk_waves.post_undo, permission=INBOUND),
    # The desk: sign-ups
    route("GET", "/account/vouches", vouches.get_vouches, needs_member=True),
    route("POST", "/account/vouches/:id", vouches.post_vouch, needs_member=True),
    route("GET", "/desk/blocks", blocks_listed.get_blocks, permission=Permission.MANAGE_BLOCKS),
    route("POST", "/desk/blocks", blocks_listed.post_blocks, permission=Permission.MANAGE_BLOCKS),
    route("GET", "/desk/sign_ups", sign_up_queue.get_queue, permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/desk/sign_ups", sign_up_queue.post_batch, permission=MAY_REVIEW_SIGN_UPS),
    route(
        "GET", "/desk/sign_ups/networks", sign_up_queue.get_networks, permission=MAY_REVIEW_SIGN_UPS
    ),
    route("GET", "/desk/sign_ups/door", sign_up_door.get_door, permission=MAY_KEEP_THE_DOOR),
    route("POST", "/desk/sign_ups/door", sign_up_door.post_door, permission=MAY_KEEP_THE_DOOR),
    route("GET", "/desk/sign_ups/:id", sign_up_one.get_sign_up, permission=MAY_REVIEW_SIGN_UPS),
    route("POST", "/desk/sign_ups/:id", sign_up_one.post_sign_up, permission=MAY_REVIEW_SIGN_UPS),
    route("GET", "/desk/servers", servers_listed.get_servers, permission=SERVERS),
    route("GET", "/desk/servers/open", servers_listed.get_open, permission=SERVERS),
    route("GET", "/desk/servers/waiting", servers_listed.get_to_look_at, permission=SERVERS),
    route("GET", "/desk/servers/reviews", server_reviews.get_reviews, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/reviews/criteria",
        server_reviews.post_criteria,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/reviews/:id", server_reviews.get_review, permission=SERVERS),
    route("POST", "/desk/servers/reviews/:id", server_reviews.post_review, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/decisions/:id/agree",
        server_shown.post_agree,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route(
        "POST",
        "/desk/servers/requests/:id",
        server_shown.post_answer,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/blocklists", server_blocklists.get_blocklists, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/blocklists",
        server_blocklists.post_blocklists,
        permission=Permission.MANAGE_FEDERATION,
        takes_files=True,
    ),
    route(
        "GET",
        "/desk/servers/blocklists/files/:name",
        server_blocklists.get_file,
        permission=SERVERS,
    ),
    route(
        "GET", "/desk/servers/blocklists/:id", server_blocklists.get_blocklist, permission=SERVERS
    ),
    route(
        "POST",
        "/desk/servers/blocklists/:id",
        server_blocklists.post_blocklist,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/incidents", servers_together.get_incidents, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/incidents",
        servers_together.post_incidents,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/incidents/:id", servers_together.get_incident, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/incidents/:id",
        servers_together.post_incident,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/software", servers_together.get_software, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/software",
        servers_together.post_software,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/clean_up", servers_together.get_clean_ups, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/clean_up",
        servers_together.post_clean_ups,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/clean_up/:id", servers_together.get_clean_up, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/clean_up/:id",
        servers_together.post_clean_up,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("GET", "/desk/servers/friends", servers_together.get_friends, permission=SERVERS),
    route("POST", "/desk/servers/friends", servers_together.post_friends, permission=SERVERS),
    route("GET", "/desk/servers/:domain", server_shown.get_server, permission=SERVERS),
    route(
        "GET",
        "/desk/servers/:domain/decide",
        server_decide.get_decide,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route(
        "POST",
        "/desk/servers/:domain/decide",
        server_decide.post_decide,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route(
        "POST",
        "/desk/servers/:domain/lift",
        server_shown.post_lift,
        permission=Permission.MANAGE_FEDERATION,
    ),
    route("POST", "/desk/servers/:domain/marks", server_shown.post_marks, permission=SERVERS),
    route("POST", "/desk/servers/:domain/review", server_reviews.post_open, permission=SERVERS),
    route("POST", "/desk/servers/:domain/contacts", server_shown.post_contact, permission=SERVERS),
    route(
        "POST",
        "/desk/servers/:domain/notices",
        server_shown.post_notice,
        permission=Permission.MANAGE_FEDERATION,
    ),
    # The desk: special accounts
    route("GET", "/account/type", account_type.get_type, needs_member=True),
    route("POST", "/account/type", account_type.post_type, needs_member=True, frozen=True),
    route("GET", "/desk/account_types", account_types_listed.get_list, permission=APPROVERS),
    route("POST", "/desk/account_types", account_types_listed.post_question, permission=APPROVERS),
    route("GET", "/desk/account_types/rules", account_types_listed.get_rules, permission=APPROVERS),
    route(
        "POST", "/desk/account_types/rules", account_types_listed.post_rules, permission=APPROVERS
    ),
    route("GET", "/desk/account_types/:id", account_types_one.get_one, permission=APPROVERS),
    route("POST", "/desk/account_types/:id", account_types_one.post_one, permission=APPROVERS),
    # The team
    route("GET", "/account/volunteering", get_volunteering, needs_member=True),
    route("POST", "/account/volunteering", post_volunteering, needs_member=True),
    route("POST", "/account/volunteering/availability", post_availability, needs_member=True),
    route("GET", "/account/helping", helping.get_helping, needs_member=True),
    route("GET", "/account/helping/:id", helping.get_case, needs_member=True),
    route("POST", "/account/helping/:id", helping.post_note, needs_member=True),
    route("GET", "/desk/team", team_members.get_team, permission=TEAM),
    route("POST", "/desk/team", team_members.post_team, permission=TEAM),
    route("GET", "/desk/team/papers", team_members.get_papers, permission=TEAM),
    route("POST", "/desk/team/papers", team_members.post_papers, permission=TEAM),
    route("GET", "/desk/team/emergency", emergency.get_emergency, permission=TEAM),
    route("POST", "/desk/team/emergency", emergency.post_emergency, permission=TEAM),
    route("POST", "/desk/team/emergency/:id", emergency.post_loan, permission=TEAM),
    route("GET", "/desk/team/positions", positions.get_positions, permission=TEAM),
    route("POST", "/desk/team/positions", positions.post_positions, permission=TEAM),
    # Who holds a position or takes it over need not be staff; the action checks who it is.
    route("POST", "/desk/team/positions/:id", positions.post_position, needs_member=True),
    route("GET", "/desk/team/applications", team_applications.get_applications, permission=TEAM),
    route("POST", "/desk/team/applications", team_applications.post_call, permission=TEAM),
    route("GET", "/desk/team/applications/:id", team_applications.get_application, permission=TEAM),
    route(
        "POST", "/desk/team/applications/:id", team_applications.post_application, permission=TEAM
    ),
    route("GET", "/desk/practice", practice.get_practice, permission=Permission.ANALYSE_CASES),
    route("POST", "/desk/practice", practice.post_practice, permission=Permission.LEAD_MODERATION),
    route("GET", "/desk/practice/:id", practice.get_ticket, permission=Permission.ANALYSE_CASES),
    route(
        "POST", "/desk/practice/:id", practice.post_analysis, permission=Permission.ANALYSE_CASES
    ),
    route(
        "POST",
        "/desk/practice/:id/feedback",
        practice.post_feedback,
        permission=Permission.ANALYSE_CASES,
    ),
    route("GET", "/desk/reporters", trusted.get_reporters, permission=Permission.DECIDE_CASES),
    route("POST", "/desk/reporters/:id", trusted.post_reporter, permission=Permission.DECIDE_CASES),
    route(
        "POST",
        "/desk/reporters/calls/:id",
        trusted.post_call_judged,
        permission=Permission.DECIDE_CASES,
    ),
]
