"""Which permission belongs to whom. Every one stands in exactly one of these (tests hold that)."""

from watertower.accounts.model import Permission

MODERATION = (
    Permission.VIEW_AUDIT_LOG
    | Permission.MANAGE_REPORTS
    | Permission.MANAGE_FEDERATION
    | Permission.MANAGE_BLOCKS
    | Permission.MANAGE_TAXONOMIES
    | Permission.MANAGE_APPEALS
    | Permission.MANAGE_USERS
    | Permission.READ_CASES
    | Permission.ANALYSE_CASES
    | Permission.DECIDE_CASES
    | Permission.REVIEW_SERVERS
    | Permission.REVIEW_SIGN_UPS
    | Permission.WRITE_INBOUND_RULES
    | Permission.APPROVE_ACCOUNTS
    | Permission.LEAD_MODERATION
)
INFRASTRUCTURE = (
    Permission.VIEW_DEVOPS
    | Permission.MANAGE_SETTINGS
    | Permission.MANAGE_WEBHOOKS
    | Permission.LEAD_INFRASTRUCTURE
)
# Appointing people and keeping the house; no look into a case is part of it.
ADMINISTRATION = (
    Permission.ADMINISTRATOR
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_USER_ACCESS
    | Permission.DELETE_USER_DATA
    | Permission.MANAGE_INVITES
)
COMMON = (
    Permission.VIEW_DASHBOARD
    | Permission.MANAGE_RULES
    | Permission.MANAGE_ANNOUNCEMENTS
    | Permission.MANAGE_CUSTOM_EMOJIS
    | Permission.INVITE_USERS
)
# Whoever appoints people administers: an owner, who may everything, or a role with part of it.
ADMINISTERS = Permission.ADMINISTRATOR | Permission.MANAGE_ROLES
# What is left to an owner where a team moderates.
BESIDE_MODERATION = (INFRASTRUCTURE | ADMINISTRATION | COMMON) & ~Permission.ADMINISTRATOR
EVERYTHING = MODERATION | INFRASTRUCTURE | ADMINISTRATION | COMMON
