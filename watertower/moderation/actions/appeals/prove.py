"""Prove: somebody elsewhere shows that an account is theirs, before anything is said about it.

Two ways. The person puts a link of ours onto their profile, where only they can put it; we look
at the profile through their server. Or their moderation team answers from the address that their
server publishes as its contact. Neither tells a stranger whether anything was decided: until the
proof is there, every handle gets the same answers.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from watertower.accounts.domains import domain_name
from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.steps.throttle import Limit, begin_attempt
from watertower.accounts.tickets import read_ticket, sign_ticket
from watertower.base.client_address import network_of
from watertower.base.context import Context
from watertower.base.errors import NotFound
from watertower.base.http.errors import OutgoingFailed
from watertower.base.json import from_json
from watertower.moderation.errors.appeals import NoHandle, NoStaffContact, NotProved
from watertower.moderation.jobs.appeal_mails import mail_staff_link
from watertower.moderation.queries.appeal_desk import find_remote

ASKED, PROVED = "appeal asked", "appeal proved"
ASKED_GOOD, PROVED_GOOD = timedelta(days=7), timedelta(days=2)
CONTACT_BYTES = 262_144
_NAME = re.compile(r"[\w.-]{1,100}")


def ask(ctx: Context, *, handle: str) -> str:
    """The ticket with which a handle is proved; a new one for each who asks, about anybody.

    Raises NoHandle for what is no handle of somebody elsewhere.
    """
    username, domain = _split(ctx, handle)
    return sign_ticket(
        ctx.secrets,
        purpose=ASKED,
        says=[username, domain, secrets.token_hex(8)],
        until=ctx.now() + ASKED_GOOD,
    )


def asked_handle(ctx: Context, *, ticket: str) -> str:
    """The handle that a ticket is about. Raises NotFound."""
    said = read_ticket(ctx.secrets, purpose=ASKED, ticket=ticket, now=ctx.now())
    if said is None:
        raise NotFound
    return f"{said[0]}@{said[1]}"


def proof_link(ctx: Context, *, ticket: str) -> str:
    """What has to stand on the profile.

    Everybody reads it there, so it is not the ticket itself: only who holds that can use it.
    """
    return f"{ctx.settings.base_url}/appeals/proof/{_proof(ticket)}"


async def prove_by_profile(ctx: Context, *, ticket: str, ip: str) -> str:
    """Look at the profile now; the ticket of who has proved themselves. Raises NotProved, TooMany.

    What counts is the profile's own text and fields, as its server serves them: nobody else can
    write there. Posts, and pages that show what others said, do not count.
    """
    handle = asked_handle(ctx, ticket=ticket)
    await begin_attempt(
        ctx,
        [
            Limit(f"appeal proof:{handle}", 30, timedelta(hours=1)),
            Limit(f"appeal proof ip:{network_of(ip)}", 30, timedelta(hours=1)),
        ],
    )
    username, _, domain = handle.partition("@")
    async with ctx.reading() as tx:
        account_id = await find_remote(tx, username=username, domain=domain)
    if account_id is None:
        raise NotProved
    await ctx.remote.refresh_account(account_id)
    async with ctx.reading() as tx:
        account = await find_account(tx, account_id=account_id)
    if account is None or _proof(ticket) not in _own_words(account):
        raise NotProved
    return _proved(ctx, account_id, "profile")


async def ask_staff(ctx: Context, *, ticket: str, ip: str) -> None:
    """Mail a link to the contact address that the person's server publishes.

    Raises NoStaffContact, TooMany.
    """
    handle = asked_handle(ctx, ticket=ticket)
    username, _, domain = handle.partition("@")
    await begin_attempt(
        ctx,
        [
            Limit(f"appeal staff:{domain}", 5, timedelta(days=1)),
            Limit(f"appeal proof ip:{network_of(ip)}", 30, timedelta(hours=1)),
        ],
    )
    async with ctx.reading() as tx:
        account_id = await find_remote(tx, username=username, domain=domain)
    if account_id is None:
        raise NoStaffContact
    email = await _staff_address(ctx, domain)
    if email is None:
        raise NoStaffContact
    link = f"{ctx.settings.base_url}/appeals/remote/proved/{_proved(ctx, account_id, 'staff')}"
    await mail_staff_link(ctx, to=email, handle=handle, link=link)


def proved(ctx: Context, *, ticket: str) -> tuple[int, str]:
    """(account, by profile or staff) of who has proved themselves. Raises NotFound."""
    said = read_ticket(ctx.secrets, purpose=PROVED, ticket=ticket, now=ctx.now())
    if said is None:
        raise NotFound
    return int(said[0]), str(said[1])


def _proved(ctx: Context, account_id: int, how: str) -> str:
    return sign_ticket(
        ctx.secrets,
        purpose=PROVED,
        says=[str(account_id), how],
        until=ctx.now() + PROVED_GOOD,
    )


def _proof(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()[:40]


def _own_words(account: Account) -> str:
    return " ".join([account.note, account.note_html, *(str(dict(one)) for one in account.fields)])


def _split(ctx: Context, handle: str) -> tuple[str, str]:
    username, _, host = handle.strip().lstrip("@").partition("@")
    domain = domain_name(host)
    if not _NAME.fullmatch(username) or domain is None or domain == ctx.settings.server.domain:
        raise NoHandle
    return username.lower(), domain


async def _staff_address(ctx: Context, domain: str) -> str | None:
    """What the server says of itself (Mastodon's API, which most others have too)."""
    for path in ("/api/v2/instance", "/api/v1/instance"):
        scheme = "http" if ctx.settings.federation.allow_http else "https"
        try:
            answer = await ctx.http.request(
                "GET",
                f"{scheme}://{domain}{path}",
                limit_bytes=CONTACT_BYTES,
                deadline_seconds=10,
            )
        except OutgoingFailed:
            continue
        if not answer.is_ok:
            continue
        try:
            body = from_json(answer.body)
        except ValueError:
            continue
        if not isinstance(body, dict):
            continue
        contact = body.get("contact")
        email = contact.get("email") if isinstance(contact, dict) else body.get("email")
        if isinstance(email, str) and 3 < len(email) < 255 and "@" in email:
            return email.strip()
    return None
