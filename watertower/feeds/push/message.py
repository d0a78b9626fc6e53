"""What a push message says. The app that decrypts it shows the title and the body as they are."""

from collections.abc import Mapping

from watertower.base.json import to_json_bytes
from watertower.base.text.sanitise import plain_text
from watertower.feeds.model import PushedNotification
from watertower.feeds.push.encryption import MOST_PLAIN_BYTES

MOST_TITLE = 160  # characters
MOST_BODY = 140

TITLES: Mapping[str, str] = {
    "mention": "{name} mentioned you",
    "status": "{name} just posted",
    "reblog": "{name} boosted your post",
    "follow": "{name} is now following you",
    "follow_request": "{name} asks to follow you",
    "favourite": "{name} favourited your post",
    "poll": "A poll of {name} has ended",
    "update": "{name} edited a post",
    "quote": "{name} quoted your post",
    "quoted_update": "{name} edited a post that you quoted",
    "moderation_warning": "The moderators wrote to you",
    "admin.sign_up": "{name} signed up",
    "admin.report": "{name} filed a report",
}


def message_of(told: PushedNotification, *, icon: str, access_token: str) -> bytes:
    """The JSON of a push message, in the names of Mastodon's; small enough for one record."""
    name = told.display_name.strip() or told.username
    title = _cut(TITLES.get(told.kind, "{name}").replace("{name}", name), MOST_TITLE)
    body = _cut(_body(told), MOST_BODY)
    while True:
        message = to_json_bytes(
            {
                "access_token": access_token,
                "preferred_locale": told.locale,
                "notification_id": told.notification_id,
                "notification_type": told.kind,
                "icon": icon,
                "title": title,
                "body": body,
            }
        )
        if len(message) <= MOST_PLAIN_BYTES or not body:
            return message
        body = _cut(body, len(body) // 2)


def _body(told: PushedNotification) -> str:
    """The warning instead of what it warns of; for a follow, what people say of themselves."""
    if told.kind == "moderation_warning":
        return ""  # what was decided is read inside, not on a locked screen
    if told.content_html is None:
        return plain_text(told.note_html)
    return told.content_warning or plain_text(told.content_html)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(most - 1, 0)].rstrip() + "…"
