"""Account, as JSON: a face that is the same for everybody, and counts that change all the time.

Sources: entities `account` of the Mastodon API 4.6.
"""

from collections.abc import Sequence
from typing import Any

from watertower.accounts.access.accounts import accounts_with_roles, lines_of_accounts
from watertower.accounts.model import Account, AccountLine, Role, ShownAccount
from watertower.api.shapes.cache import VersionedCache
from watertower.api.shapes.emoji import emoji_shapes
from watertower.api.shapes.times import day, midnight
from watertower.base.context import Context
from watertower.base.json import to_json_bytes

_faces: VersionedCache[bytes] = VersionedCache(most_bytes=8_000_000)

# Apps know by these names that there is no picture.
MISSING_AVATAR = "/avatars/original/missing.png"
MISSING_HEADER = "/headers/original/missing.png"


def account_face(ctx: Context, shown: ShownAccount) -> dict[str, Any]:
    """Every attribute but the counts. A suspended account shows its name and nothing else."""
    account, role = shown.account, shown.role
    hidden = account.is_suspended
    avatar = _picture(ctx, account.avatar_key, MISSING_AVATAR, hidden)
    static = _picture(ctx, account.avatar_static_key or account.avatar_key, MISSING_AVATAR, hidden)
    header = _picture(ctx, account.header_key, MISSING_HEADER, hidden)
    header_static = _picture(
        ctx, account.header_static_key or account.header_key, MISSING_HEADER, hidden
    )
    face: dict[str, Any] = {
        "id": str(account.id),
        "username": account.username,
        "acct": account.acct,
        "display_name": "" if hidden else account.display_name,
        "locked": False if hidden else account.is_locked,
        "bot": False if hidden else account.is_bot,
        "discoverable": None if hidden else account.is_discoverable,
        "indexable": False if hidden else account.is_indexable,
        "group": account.actor_type == "Group",
        "created_at": midnight(account.created_at),
        "note": "" if hidden else account.note_html,
        "url": account.url,
        "uri": account.uri,
        "avatar": avatar,
        "avatar_static": static,
        "avatar_description": "" if hidden else account.avatar_description,
        "header": header,
        "header_static": header_static,
        "header_description": "" if hidden else account.header_description,
        "hide_collections": account.hides_collections,
        "show_media": account.shows_media,
        "show_media_replies": account.shows_media_replies,
        "show_featured": account.shows_featured,
        "emojis": [] if hidden else emoji_shapes(ctx, account.emojis),
        "feature_approval": _feature_approval(account),
        "fields": [] if hidden else [_field(field) for field in account.fields],
    }
    if account.is_suspended:
        face["suspended"] = True
    if account.limited_at is not None:
        face["limited"] = True
    if account.is_memorial:
        face["memorial"] = True
    if account.is_local:
        face["noindex"] = shown.is_noindex
        face["roles"] = [_role(role)] if role and role.is_highlighted and not hidden else []
    moved = shown.moved_to
    if moved is not None and not hidden:
        # `moved_to` of the moved is None, so this ends here.
        face["moved"] = account_face(ctx, moved) | _counts(moved.line)
    return face


def _feature_approval(account: Account) -> dict[str, Any]:
    """Whoever wants to be found may be put into collections; of others elsewhere we know nothing."""
    if not account.is_local:
        return {"automatic": [], "manual": [], "current_user": "missing"}
    if account.is_discoverable and not account.is_suspended:
        return {"automatic": ["public"], "manual": [], "current_user": "automatic"}
    return {"automatic": [], "manual": [], "current_user": "denied"}


def _counts(line: AccountLine) -> dict[str, Any]:
    return {
        "followers_count": line.followers_count,
        "following_count": line.following_count,
        "statuses_count": line.statuses_count,
        "last_status_at": day(line.last_status_at),
    }


def _picture(ctx: Context, key: str | None, missing: str, hidden: bool) -> str:
    """Our copy, or our placeholder. Never where another server has it (FED-32)."""
    return ctx.settings.base_url + missing if hidden or not key else ctx.storage.url(key)


def _field(field: Any) -> dict[str, Any]:
    return {
        "name": field.get("name", ""),
        "value": field.get("html", ""),
        "verified_at": field.get("verified_at"),
    }


def _role(role: Role) -> dict[str, str]:
    return {"id": str(role.id), "name": role.name, "color": role.color}


def with_counts(face: bytes, line: AccountLine) -> bytes:
    """A rendered face with its counts put in."""
    last = day(line.last_status_at)
    return (
        b'%b,"followers_count":%d,"following_count":%d,"statuses_count":%d,"last_status_at":%b}'
        % (
            face[:-1],
            line.followers_count,
            line.following_count,
            line.statuses_count,
            b"null" if last is None else b'"%b"' % last.encode(),
        )
    )


async def account_faces(ctx: Context, lines: Sequence[AccountLine]) -> dict[int, bytes]:
    """Rendered faces by account id, loading those that are not kept; at most one query."""
    found: dict[int, bytes] = {}
    missing: list[int] = []
    for line in lines:
        kept = _faces.get(line.id, line.version)
        if kept is not None:
            found[line.id] = kept
        elif line.id not in found:
            missing.append(line.id)
    if missing:
        for shown in await accounts_with_roles(ctx, account_ids=sorted(set(missing))):
            account = shown.account
            rendered = to_json_bytes(account_face(ctx, shown))
            _faces.put(account.id, account.version, rendered, len(rendered) + 200)
            found[account.id] = rendered
    return found


async def render_account_lines(ctx: Context, lines: Sequence[AccountLine]) -> list[bytes]:
    """Accounts as JSON bytes, in the order given."""
    faces = await account_faces(ctx, lines)
    return [with_counts(faces[line.id], line) for line in lines if line.id in faces]


async def render_accounts(ctx: Context, account_ids: Sequence[int]) -> dict[int, bytes]:
    """Accounts as JSON bytes by id; two queries for any number."""
    lines = await lines_of_accounts(ctx, account_ids=account_ids)
    rendered = await render_account_lines(ctx, lines)
    return {line.id: body for line, body in zip(lines, rendered, strict=True)}


async def render_account(ctx: Context, account_id: int) -> bytes:
    """One account as JSON bytes."""
    return (await render_accounts(ctx, [account_id]))[account_id]
