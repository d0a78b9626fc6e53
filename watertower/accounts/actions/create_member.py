"""Create a member: an account of ours with its key, and the login of the person behind it.

Reached from the sign-up page, from `POST /api/v1/accounts`, and from the operator's commands.
"""

import asyncio
from collections.abc import Sequence
from datetime import date

from watertower.accounts.access.registrations import Registrations, registrations_in
from watertower.accounts.credentials import Invite
from watertower.accounts.errors import RegistrationsClosed
from watertower.accounts.events import MemberCreated, MemberJoined
from watertower.accounts.jobs.confirmation_mail import send_confirmation_mail
from watertower.accounts.model import Account, RegistrationMode
from watertower.accounts.passwords import hash_password
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.invites import find_good_invite, update_invite_used
from watertower.accounts.queries.members import (
    has_email,
    has_username,
    insert_account_parts,
    insert_local_account,
    insert_login,
)
from watertower.accounts.sign_up import (
    Problem,
    age_problem,
    email_problem,
    locale_or_default,
    password_problem,
    reason_problem,
    sentence_of,
    username_problem,
)
from watertower.accounts.steps.admission import (
    STAFF_DECIDED,
    Admission,
    admission_in,
    note_attempt,
)
from watertower.base import keys
from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.base.errors import Invalid
from watertower.base.events import record
from watertower.base.text.clean import clean_text

EVERYONE = -99  # the role of people without another one
TAKEN = ("ERR_TAKEN", "has already been taken")


async def create_member(
    ctx: Context,
    *,
    username: str,
    email: str,
    password: str,
    confirmed: bool = False,
    approved: bool | None = None,
    reason: str = "",
    locale: str = "en",
    ip: str | None = None,
    invite_code: str | None = None,
    date_of_birth: date | None = None,
    application_id: int | None = None,
    agreed: bool = True,
    role_id: int | None = None,
    by_operator: bool = False,
    password_hash: str | None = None,
    has_proof: bool = False,
) -> Account:
    """The new account.

    `approved` None: as the registration mode says. Given, staff have decided: mode, reason, age
    and invitation are not looked at. `by_operator` also allows reserved names.
    `has_proof` says that a proof of work came along, which friction asks for.
    `password_hash` stands in for hashing `password` (many accounts with one known password).
    The date of birth is checked and forgotten. Raises RegistrationsClosed, NetworkMayNotSignUp,
    and Invalid with Mastodon's codes for each field.
    """
    username, email = username.strip(), clean_text(email).strip()
    code = clean_text(invite_code).strip() or None
    async with ctx.reading() as tx:
        rules = await registrations_in(tx, ctx.settings)
        invite = await find_good_invite(tx, code=code, at=ctx.now()) if code else None
        admission = STAFF_DECIDED
        if approved is None:
            _require_open(rules, invite)
            admission = await admission_in(
                tx,
                email=email,
                ip=ip,
                friction=0 if invite is not None else rules.friction_at(ctx.now()),
                has_proof=has_proof,
                at=ctx.now(),
            )
        problems = [
            username_problem(username, reserved=None if by_operator else rules.reserved_usernames),
            email_problem(email, blocked_domains=rules.blocked_email_domains),
            password_problem(password),
            None if agreed else ("agreement", "ERR_ACCEPTED", "must be accepted"),
        ]
        if approved is None:
            is_asked = rules.mode is RegistrationMode.APPROVAL and invite is None
            problems += [
                reason_problem(reason, is_required=rules.requires_reason and is_asked),
                age_problem(date_of_birth, min_age=rules.min_age, today=ctx.now().date()),
                ("invite_code", "ERR_INVALID", "is not or no longer valid")
                if code and invite is None
                else None,
            ]
        found = [problem for problem in problems if problem is not None]
        found += await _refused_here(tx, found, username=username, email=email, admission=admission)
    if admission.blocked_domain is not None:
        await note_attempt(ctx, admission, ip=ip)
    _require_none(found)
    if approved is None:
        approved = _is_let_in(rules, invite, admission)
    confirmed = confirmed or ctx.settings.is_development

    # The slow work is done in threads, before the transaction. Read through the module on
    # purpose: tests put one key pair in for all.
    private_pem, public_pem = await asyncio.to_thread(keys.make_key_pair)
    hashed = password_hash or await hash_password(password)

    now = ctx.now()
    async with ctx.transaction() as tx:
        account_id = await insert_local_account(
            tx, username=username, base_url=ctx.settings.base_url, at=now
        )
        if account_id is None:
            _require_none([("username", *TAKEN)])
            raise AssertionError  # the line above raises
        invite_id = None
        if invite is not None:
            invite_id = await update_invite_used(tx, code=invite.code, at=now)
            if invite_id is None:
                _require_none([("invite_code", "ERR_INVALID", "is not or no longer valid")])
        await insert_account_parts(
            tx, account_id=account_id, public_pem=public_pem, private_pem=private_pem, at=now
        )
        login_id = await insert_login(
            tx,
            account_id=account_id,
            email=email,
            password_hash=hashed,
            role_id=EVERYONE if role_id is None else role_id,
            locale=locale_or_default(locale),
            confirmed_at=now if confirmed else None,
            approved_at=now if approved else None,
            sign_up_reason=clean_text(reason),
            sign_up_ip=ip or None,
            age_checked_at=now if rules.min_age > 0 and date_of_birth is not None else None,
            agreed_at=now if agreed else None,
            invite_id=invite_id,
            application_id=application_id,
            at=now,
        )
        if login_id is None:
            _require_none([("email", *TAKEN)])
        await record(tx, MemberCreated(account_id=account_id))
        if confirmed and approved:
            await record(tx, MemberJoined(account_id=account_id))
        if not confirmed:
            tx.enqueue(send_confirmation_mail.queued(login_id=login_id))
        account = await find_account(tx, account_id=account_id)
    assert account is not None  # noqa: S101  # inserted above
    return account


async def _refused_here(
    tx: Reading, found: Sequence[Problem], *, username: str, email: str, admission: Admission
) -> list[Problem]:
    """What only the database knows, for fields in which nothing else is wrong."""
    wrong = {field for field, _, _ in found}
    more: list[Problem] = []
    if "email" not in wrong and admission.problem is not None:
        more.append(admission.problem)
    elif "email" not in wrong and await has_email(tx, email=email):
        more.append(("email", *TAKEN))
    if "username" not in wrong and await has_username(tx, username=username):
        more.insert(0, ("username", *TAKEN))
    return more


def _require_open(rules: Registrations, invite: Invite | None) -> None:
    if rules.is_open or (invite is not None and rules.lets_in_invited(invite.created_at)):
        return
    raise RegistrationsClosed


def _is_let_in(rules: Registrations, invite: Invite | None, admission: Admission) -> bool:
    if admission.needs_approval:
        return False
    return rules.mode is not RegistrationMode.APPROVAL or invite is not None


def _require_none(problems: Sequence[Problem]) -> None:
    if problems:
        details: dict[str, list[tuple[str, str]]] = {}
        for field, code, says in problems:
            details.setdefault(field, []).append((code, says))
        raise Invalid(sentence_of(problems), details=details)
