"""A webhook: an address elsewhere that hears of events."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.model import Permission, Viewer

# Mastodon's, in Mastodon's shapes, and ours. Word -> what it says to people.
EVENTS = {
    "account.created": "Somebody signed up",
    "account.approved": "A member was let in",
    "account.updated": "A member changed the profile",
    "report.created": "A report was filed",
    "report.updated": "A report was decided or closed",
    "status.created": "A member posted in public",
    "status.updated": "A member edited a public post",
    "case.opened": "A case was opened",
    "case.decided": "A case was decided",
    "case.closed": "A case was closed",
    "action.taken": "Moderators acted on an account",
    "action.undone": "An action was taken back",
    "appeal.filed": "An appeal was filed",
    "appeal.decided": "An appeal was decided",
    "server.decided": "Something was decided about a server",
    "server.lifted": "A decision about a server was lifted",
    "freeze.begun": "A member was frozen",
    "freeze.submitted": "A frozen member handed in",
    "freeze.ended": "A freeze ended",
    "sign_up.applied": "Somebody asked to join",
    "sign_up.approved": "An applicant was approved",
    "sign_up.refused": "An applicant was refused",
    "team.changed": "Somebody joined a team, left it, or is something else in it",
    "message.received": "Somebody wrote in a case",
    "mistake.confirmed": "Moderation was found to have been wrong",
    "vote.opened": "Members are asked",
    "vote.closed": "A vote is over",
}
# Keeping webhooks is infrastructure's; what they carry may not be. Whoever chooses an event, or
# where it goes, must be allowed to see it here.
NEEDS = {
    "account": Permission.MANAGE_USERS,
    "report": Permission.MANAGE_REPORTS | Permission.READ_CASES,
    "case": Permission.READ_CASES,
    "action": Permission.READ_CASES | Permission.MANAGE_USERS,
    "appeal": Permission.MANAGE_APPEALS,
    "server": Permission.MANAGE_FEDERATION | Permission.REVIEW_SERVERS,
    "freeze": Permission.READ_CASES,
    "sign_up": Permission.REVIEW_SIGN_UPS | Permission.MANAGE_USERS,
    "team": Permission.VIEW_DASHBOARD | Permission.READ_CASES,
    "message": Permission.READ_CASES,
    "mistake": Permission.READ_CASES,
}
MOST_WEBHOOKS = 50
LONGEST_URL = 2000
SIGNATURE = "X-Hub-Signature"


@dataclass(frozen=True)
class Webhook:
    """Where events go. The secret is sealed."""

    id: int
    url: str
    events: Sequence[str]
    secret: str
    is_enabled: bool
    failures: int  # in a row
    created_at: datetime


@dataclass(frozen=True)
class WebhookDelivery:
    """One event on its way to one webhook."""

    id: int
    webhook_id: int
    event: str
    object_id: int
    created_at: datetime
    tries: int
    status: int | None  # of the last answer
    problem: str
    delivered_at: datetime | None


def signature_of(secret: str, body: bytes) -> str:
    """The value of X-Hub-Signature, as Mastodon has it: HMAC-SHA256 of the body, in hexadecimal."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def may_choose(viewer: Viewer, event: str) -> bool:
    """Whether this member may have such events sent anywhere."""
    needed = NEEDS.get(event.partition(".")[0])
    return needed is None or viewer.may(needed)
