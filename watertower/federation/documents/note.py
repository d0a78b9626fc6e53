"""A status of ours as a Note or a Question, in Mastodon's terms (note_serializer, 4.6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.base.versioned_cache import VersionedCache
from watertower.federation.documents.context import NOTE_CONTEXT
from watertower.federation.documents.parts import emoji_tags, hashtag
from watertower.federation.documents.times import moment
from watertower.federation.model import PUBLIC
from watertower.federation.queries.notes import NoteParts, list_note_parts
from watertower.statuses.access.statuses import faces_of, lines_for
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import StatusFace, StatusLine, Visibility

_kept: VersionedCache[bytes] = VersionedCache(most_bytes=8_000_000)


def viewer_of(account_id: int | None) -> Viewer | None:
    """Another server's account as the one who looks; None for anybody."""
    if account_id is None:
        return None
    return Viewer(token_id=0, application_id=0, scopes=frozenset(), account_id=account_id)


async def note_line(ctx: Context, *, status_id: int, viewer_id: int | None) -> StatusLine:
    """The status as this account may see it. Raises StatusNotFound."""
    lines = await lines_for(ctx, viewer=viewer_of(viewer_id), status_ids=[status_id])
    if not lines:
        raise StatusNotFound
    return lines[0]


async def note_bytes(ctx: Context, line: StatusLine) -> bytes:
    """The document of a line that somebody may see, with its counts of the moment."""
    kept = _kept.get(line.id, line.version)
    if kept is None:
        document = await note_document(ctx, line)
        kept = to_json_bytes({"@context": NOTE_CONTEXT} | document)
        _kept.put(line.id, line.version, kept, len(kept) + 200)
    uri = _uri_in(kept)
    return b'%b,"likes":{"id":"%b/likes","type":"Collection","totalItems":%d},' % (
        kept[:-1],
        uri,
        line.favourites_count,
    ) + b'"shares":{"id":"%b/shares","type":"Collection","totalItems":%d}}' % (
        uri,
        line.reblogs_count,
    )


def _uri_in(rendered: bytes) -> bytes:
    """The id, which stands right after the context."""
    start = rendered.index(b'"id":"', len(_CONTEXT_BYTES)) + 6
    return rendered[start : rendered.index(b'"', start)]


_CONTEXT_BYTES = to_json_bytes(NOTE_CONTEXT)


async def note_document(ctx: Context, line: StatusLine) -> dict[str, Any]:
    """The document without its context, to be put inside an activity."""
    faces = await faces_of(ctx, lines=[line])
    async with ctx.reading() as tx:
        parts = await list_note_parts(tx, status_ids=[line.id])
    if line.id not in faces or line.id not in parts:
        raise StatusNotFound
    return render_note(ctx, faces[line.id], parts[line.id])


def render_note(ctx: Context, face: StatusFace, parts: NoteParts) -> dict[str, Any]:
    """The document of a status that is no boost."""
    status = face.status
    to, cc = addresses(status.visibility, parts)
    document: dict[str, Any] = {
        "id": status.uri,
        "type": "Question" if face.poll else "Note",
        "summary": status.content_warning or None,
        "inReplyTo": parts.in_reply_to_uri,
        "published": moment(status.created_at),
        "url": status.url,
        "attributedTo": parts.author_uri,
        "to": to,
        "cc": cc,
        "sensitive": status.is_sensitive,
        "atomUri": status.uri,
        "inReplyToAtomUri": parts.in_reply_to_uri,
        "conversation": parts.conversation_uri or _conversation(ctx, face),
        "content": status.content_html,
    }
    if parts.group_uri is not None:
        document["audience"] = parts.group_uri
    if status.language:
        document["contentMap"] = {status.language: status.content_html}
    if status.edited_at is not None:
        document["updated"] = moment(status.edited_at)
    document |= {
        "attachment": [_attachment(ctx, media) for media in face.media],
        "tag": [
            *(
                {"type": "Mention", "href": one.uri, "name": f"@{one.acct}"}
                for one in parts.named
                if not one.is_silent
            ),
            *(hashtag(ctx, name) for name, _ in face.tags),
            *emoji_tags(ctx, face.emojis),
        ],
        "replies": {
            "id": f"{status.uri}/replies",
            "type": "Collection",
            "first": {
                "type": "CollectionPage",
                "next": f"{status.uri}/replies?only_other_accounts=true&page=true",
                "partOf": f"{status.uri}/replies",
                "items": [],
            },
        },
        "interactionPolicy": _interaction_policy(face, parts),
    }
    if parts.quoted_uri and face.quote_state in {"accepted", "pending"}:
        document |= {
            "quote": parts.quoted_uri,
            "_misskey_quote": parts.quoted_uri,
            "quoteUri": parts.quoted_uri,
        }
        if parts.stamp_uri and face.quote_state == "accepted":
            document["quoteAuthorization"] = parts.stamp_uri
    if face.poll:
        document |= _question(ctx, face.poll)
    return document


def addresses(visibility: Visibility, parts: NoteParts) -> tuple[list[str], list[str]]:
    """`to` and `cc` of a status, as Mastodon addresses (tag_manager)."""
    named = [one.uri for one in parts.named]
    followers = parts.author_followers_url
    if parts.group_uri is not None and visibility <= Visibility.UNLISTED:
        named = list(dict.fromkeys([*named, parts.group_uri]))
    if visibility is Visibility.PUBLIC:
        return [PUBLIC], [followers, *named]
    if visibility is Visibility.UNLISTED:
        return [followers], [PUBLIC, *named]
    if visibility is Visibility.PRIVATE:
        return [followers], named
    return named, []


def _conversation(ctx: Context, face: StatusFace) -> str:
    status = face.status
    day = status.created_at.strftime("%Y-%m-%d")
    return (
        f"tag:{ctx.settings.server.domain},{day}:objectId={status.conversation_id}"
        ":objectType=Conversation"
    )


def _interaction_policy(face: StatusFace, parts: NoteParts) -> dict[str, Any]:
    """Who may quote (FEP-044f), and where that is limited who may reply (GoToSocial's canReply)."""
    policy: dict[str, Any] = {"canQuote": {"automaticApproval": _quotable_by(face, parts)}}
    if face.status.reply_policy != "public":
        allowed = [parts.author_uri]
        if face.status.reply_policy != "nobody":
            allowed += [one.uri for one in parts.named if one.uri != parts.author_uri]
        if face.status.reply_policy == "followers":
            allowed.append(parts.author_followers_url)
        policy["canReply"] = {"always": allowed, "automaticApproval": allowed}
    return policy


def _quotable_by(face: StatusFace, parts: NoteParts) -> list[str]:
    if face.status.visibility > Visibility.UNLISTED or face.quote_policy == "nobody":
        return [parts.author_uri]
    return [PUBLIC if face.quote_policy == "public" else parts.author_followers_url]


def _attachment(ctx: Context, media: Mapping[str, Any]) -> dict[str, Any]:
    key = media.get("original_key")
    meta: Mapping[str, Any] = media.get("meta") or {}
    size: Mapping[str, Any] = meta.get("original") or {}
    document: dict[str, Any] = {
        "type": "Document",
        "mediaType": media.get("content_type") or "application/octet-stream",
        "url": ctx.storage.url(key) if key else media.get("remote_url") or "",
        "name": media.get("description"),
        "blurhash": media.get("blurhash"),
    }
    focus = meta.get("focus")
    if isinstance(focus, dict):
        document["focalPoint"] = [focus.get("x", 0), focus.get("y", 0)]
    for name in ("width", "height"):
        if isinstance(size.get(name), int):
            document[name] = size[name]
    return document


def _question(ctx: Context, poll: Mapping[str, Any]) -> dict[str, Any]:
    ends = datetime.fromisoformat(poll["expires_at"]) if poll.get("expires_at") else None
    is_over = poll.get("closed_at") is not None or (ends is not None and ends <= ctx.now())
    shows = is_over or not poll["hides_totals"]
    tallies: Sequence[int] = poll["tallies"]
    options = [
        {
            "type": "Note",
            "name": option,
            "replies": {"type": "Collection", "totalItems": tally if shows else 0},
        }
        for option, tally in zip(poll["options"], tallies, strict=True)
    ]
    document: dict[str, Any] = {"anyOf" if poll["is_multiple"] else "oneOf": options}
    if ends is not None:
        document["endTime"] = moment(ends)
        if is_over:
            document["closed"] = moment(ends)
    document["votersCount"] = poll.get("voters_count") or 0
    return document
