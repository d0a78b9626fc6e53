"""Which notifications can come by mail, and which do unless a member says otherwise.

The defaults are Mastodon's. Pure.
"""

from collections.abc import Mapping

from watertower.accounts.model import Preferences

# Kind of notification: whether it is mailed by default.
MAIL_KINDS: Mapping[str, bool] = {
    "mention": True,
    "quote": True,
    "follow": True,
    "follow_request": True,
    "favourite": False,
    "reblog": False,
}


def wants_mail(preferences: Preferences, kind: str) -> bool:
    """Whether the member wants mails about notifications of this kind."""
    return bool(preferences.email_on.get(kind, MAIL_KINDS.get(kind, False)))
