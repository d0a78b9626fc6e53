"""Builds the world of a test: accounts, statuses, tokens; unique names, so that tests can share
one database. Written as rows, because a password hash takes 0.2 s and no test of statuses needs
one; the actions themselves have tests of their own.
"""

import hashlib
import itertools
import secrets
from datetime import datetime
from typing import Any

from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.statuses.model import Status, Visibility
from watertower.statuses.queries.faces import find_status

_numbers = itertools.count(1)
_salt = secrets.token_hex(3)

ALL_SCOPES = "read write follow push profile admin:read admin:write"

PUBLIC_PEM = "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"


def unique(word: str) -> str:
    """A name that no other test uses."""
    return f"{word}_{_salt}{next(_numbers)}"


async def an_account(
    ctx: Context,
    username: str | None = None,
    *,
    domain: str | None = None,
    role_id: int = -99,
    is_frozen: bool = False,
    is_confirmed: bool = True,
    is_approved: bool = True,
    **columns: Any,
) -> Account:
    """A member, or with `domain` somebody elsewhere. `columns` are columns of accounts."""
    username = username or unique("member")
    async with ctx.transaction() as tx:
        account_id = await tx.fetch_value("SELECT next_id()")
        base = ctx.settings.base_url if domain is None else f"https://{domain}"
        uri = f"{base}/ap/users/{account_id}" if domain is None else f"{base}/users/{username}"
        values: dict[str, Any] = {
            "id": account_id,
            "username": username,
            "domain": domain,
            "display_name": username.capitalize(),
            "uri": uri,
            "url": f"{base}/@{username}",
            "inbox_url": f"{uri}/inbox",
            "shared_inbox_url": f"{base}/inbox",
            "outbox_url": f"{uri}/outbox",
            "followers_url": f"{uri}/followers",
            "following_url": f"{uri}/following",
            "featured_url": f"{uri}/collections/featured",
            "is_discoverable": True,
            **columns,
        }
        names = ", ".join(values)
        marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        await tx.execute(f"INSERT INTO accounts ({names}) VALUES ({marks})", *values.values())
        await tx.execute("INSERT INTO account_stats (account_id) VALUES ($1)", account_id)
        if domain is None:
            await tx.execute(
                "INSERT INTO logins (account_id, email, password_hash, role_id, confirmed_at, "
                "approved_at, frozen_at, last_active_at, agreed_at) "
                "VALUES ($1, $2, '', $3, $4, $5, $6, now(), now())",
                account_id,
                f"{username}@example.test",
                role_id,
                ctx.now() if is_confirmed else None,
                ctx.now() if is_approved else None,
                ctx.now() if is_frozen else None,
            )
        found = await find_account(tx, account_id=account_id)
    assert found is not None
    return found


async def an_application(ctx: Context, *, scopes: str = ALL_SCOPES) -> int:
    """A registered app; its id."""
    async with ctx.transaction() as tx:
        return await tx.fetch_value(
            "INSERT INTO oauth_applications (name, client_id, client_secret, redirect_uris, scopes) "
            "VALUES ('Test app', $1, 'secret', '{urn:ietf:wg:oauth:2.0:oob}', $2) RETURNING id",
            secrets.token_hex(16),
            scopes.split(),
        )


async def a_token(
    ctx: Context, account: Account | None, scopes: str = ALL_SCOPES, *, application_id: int = 0
) -> str:
    """A token for an account; for None, one of an app that speaks for itself."""
    token = secrets.token_urlsafe(24)
    application_id = application_id or await an_application(ctx, scopes=scopes)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO oauth_tokens (token_hash, application_id, login_id, scopes, used_at) "
            "SELECT $1, $2, (SELECT id FROM logins WHERE account_id = $3), $4, now()",
            hashlib.sha256(token.encode()).digest(),
            application_id,
            account.id if account else None,
            scopes.split(),
        )
    return token


async def a_status(
    ctx: Context,
    by: Account,
    text: str = "Hello",
    *,
    visibility: Visibility = Visibility.PUBLIC,
    reply_to: Status | None = None,
    mentions: tuple[Account, ...] = (),
    created_at: datetime | None = None,
    **columns: Any,
) -> Status:
    """A status as a row, without fan-out. `columns` are columns of statuses."""
    async with ctx.transaction() as tx:
        status_id = await tx.fetch_value("SELECT id_at($1)", created_at or ctx.now())
        conversation = (
            reply_to.conversation_id
            if reply_to
            else await tx.fetch_value("INSERT INTO conversations DEFAULT VALUES RETURNING id")
        )
        values: dict[str, Any] = {
            "id": status_id,
            "account_id": by.id,
            "uri": f"{by.uri}/statuses/{status_id}",
            "url": f"{by.url}/{status_id}",
            "text": text,
            "content_html": f"<p>{text}</p>",
            "visibility": int(visibility),
            "language": "en",
            "in_reply_to_id": reply_to.id if reply_to else None,
            "in_reply_to_account_id": reply_to.account_id if reply_to else None,
            "conversation_id": conversation,
            "is_local": by.is_local,
            "created_at": created_at or ctx.now(),
            **columns,
        }
        names = ", ".join(values)
        marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        await tx.execute(f"INSERT INTO statuses ({names}) VALUES ({marks})", *values.values())
        await tx.execute("INSERT INTO status_stats (status_id) VALUES ($1)", status_id)
        await tx.execute(
            "UPDATE account_stats SET statuses_count = statuses_count + 1, last_status_at = $2 "
            "WHERE account_id = $1",
            by.id,
            created_at or ctx.now(),
        )
        for mentioned in mentions:
            await tx.execute(
                "INSERT INTO mentions (status_id, account_id) VALUES ($1, $2)",
                status_id,
                mentioned.id,
            )
        found = await find_status(tx, status_id=status_id)
    assert found is not None
    return found


async def a_follow(ctx: Context, who: Account, whom: Account) -> int:
    """`who` follows `whom`; the follow's id."""
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE account_stats SET following_count = following_count + 1 WHERE account_id = $1",
            who.id,
        )
        await tx.execute(
            "UPDATE account_stats SET followers_count = followers_count + 1 WHERE account_id = $1",
            whom.id,
        )
        return await tx.fetch_value(
            "INSERT INTO follows (account_id, target_account_id) VALUES ($1, $2) RETURNING id",
            who.id,
            whom.id,
        )
