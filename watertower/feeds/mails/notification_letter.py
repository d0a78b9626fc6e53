"""The mail about one notification, which can be ended with one click (RFC 2369, RFC 8058)."""

from dataclasses import replace
from urllib.parse import urlencode

from watertower.accounts.mails.letter import letter
from watertower.base.context import Mail
from watertower.base.settings import Settings
from watertower.base.text.sanitise import plain_text
from watertower.feeds.model import MailedNotification

LONGEST_EXCERPT = 500  # characters
SAYS = {
    "mention": "{name} mentioned you",
    "quote": "{name} quoted you",
    "follow": "{name} follows you now",
    "follow_request": "{name} asks to follow you",
    "favourite": "{name} likes your post",
    "reblog": "{name} boosted your post",
}
ABOUT = {
    "mention": "mentions",
    "quote": "quotes",
    "follow": "new followers",
    "follow_request": "follow requests",
    "favourite": "favourites",
    "reblog": "boosts",
}


def notification_letter(settings: Settings, told: MailedNotification, *, ticket: str) -> Mail:
    """Who did what, and an excerpt of the post; covered posts keep their cover."""
    says = SAYS[told.kind].format(name=told.name)
    unsubscribe = f"{settings.base_url}/unsubscribe?{urlencode({'token': ticket})}"
    mail = letter(
        to=told.email,
        subject=says,
        paragraphs=[f"Hello {told.username},", f"{says} (@{told.handle}).", *_excerpt(told)],
        link=told.status_url or told.profile_url,
        label="Read the post" if told.status_url else "See the profile",
        after=[
            f"You get mails about {ABOUT[told.kind]} at {settings.server.domain}.",
            f"To get no more of them: {unsubscribe}",
        ],
    )
    host = settings.server.domain.partition(":")[0]
    headers = (
        ("List-ID", f"<{told.kind}.{told.username}.{host}>"),
        ("List-Unsubscribe", f"<{unsubscribe}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )
    return replace(mail, headers=headers)


def _excerpt(told: MailedNotification) -> list[str]:
    if told.content_warning:
        return [f"Covered: {told.content_warning}"]
    text = plain_text(told.content_html)
    if len(text) > LONGEST_EXCERPT:
        text = text[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"
    return [text] if text else []
