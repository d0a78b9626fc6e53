"""The face of a status: all attributes that are the same for everybody who may see it."""

from typing import Any

from watertower.api.shapes.card import card_shape
from watertower.api.shapes.emoji import emoji_shapes
from watertower.api.shapes.media import media_shape
from watertower.api.shapes.poll import poll_shape
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.text.sanitise import plain_text
from watertower.statuses.model import VISIBILITY_NAMES, StatusFace


def face_shape(ctx: Context, face: StatusFace) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The attributes without account, counts, flags and poll; and the poll apart."""
    status = face.status
    emojis = emoji_shapes(ctx, face.emojis)
    base = ctx.settings.base_url
    shape: dict[str, Any] = {
        "id": str(status.id),
        "created_at": moment(status.created_at),
        "in_reply_to_id": _id(status.in_reply_to_id),
        "in_reply_to_account_id": _id(status.in_reply_to_account_id),
        "sensitive": status.is_sensitive,
        "spoiler_text": status.content_warning,
        "visibility": VISIBILITY_NAMES[status.visibility],
        "language": status.language,
        "uri": status.uri,
        "url": status.url or status.uri,
        "edited_at": moment(status.edited_at),
        "content": status.content_html,
        "application": None
        if face.application is None
        else {"name": face.application[0], "website": face.application[1]},
        "media_attachments": [media_shape(ctx, media) for media in face.media],
        "mentions": [
            {
                "id": str(mention["id"]),
                "username": mention["username"],
                "url": mention["url"],
                "acct": mention["username"]
                if mention["domain"] is None
                else f"{mention['username']}@{mention['domain']}",
            }
            for mention in face.mentions
        ],
        "tags": [{"name": name, "url": f"{base}/tags/{name}"} for name, _ in face.tags],
        "emojis": emojis,
        "local_only": status.is_local_only,
        "reply_policy": status.reply_policy,
        "tagged_collections": [],
        "card": None if face.card is None else card_shape(ctx, face.card),
    }
    poll = None if face.poll is None else poll_shape(face.poll, emojis, now=ctx.now())
    return shape, poll


def searchable(face: StatusFace) -> str:
    """The words that filters look at, in lower case."""
    parts = [face.status.content_warning, plain_text(face.status.content_html)]
    parts += [media["description"] or "" for media in face.media]
    if face.poll is not None:
        parts += face.poll["options"]
    return "\n".join(part for part in parts if part).lower()


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)
