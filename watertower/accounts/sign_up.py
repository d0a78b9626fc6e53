"""What a sign-up must look like. Pure rules; the words and codes are Mastodon's."""

import re
from collections.abc import Sequence
from datetime import date

from watertower.accounts.passwords import LONGEST, SHORTEST

Problem = tuple[str, str, str]  # field, code, sentence

LONGEST_USERNAME = 30
LONGEST_REASON = 420
LONGEST_EMAIL = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets
_USERNAME = re.compile(r"[a-z0-9_]+", re.IGNORECASE | re.ASCII)
# RFC 5321 without quoted local parts, comments and address literals, which no sign-up needs.
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?",
    re.IGNORECASE | re.ASCII,
)
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)

# Names that look as if they spoke for the server.
RESERVED_USERNAMES = frozenset(
    {
        "abuse", "account", "accounts", "admin", "administration", "administrator", "admins",
        "help", "helpdesk", "instance", "mod", "moderator", "moderators", "mods", "owner",
        "postmaster", "root", "security", "server", "staff", "support", "system", "webmaster",
        "watertower",
    }
)  # fmt: skip


def username_problem(username: str, *, reserved: frozenset[str] | None) -> Problem | None:
    """What is wrong with a username, if anything. `reserved` None: an operator may use any."""
    if not username:
        return "username", "ERR_BLANK", "can't be blank"
    if len(username) > LONGEST_USERNAME:
        says = f"is too long (maximum is {LONGEST_USERNAME} characters)"
        return "username", "ERR_TOO_LONG", says
    if not _USERNAME.fullmatch(username):
        return "username", "ERR_INVALID", "must contain only letters, numbers and underscores"
    if reserved is not None and username.lower() in RESERVED_USERNAMES | reserved:
        return "username", "ERR_RESERVED", "is reserved"
    return None


def email_problem(email: str, *, blocked_domains: frozenset[str]) -> Problem | None:
    """What is wrong with an address, if anything. A blocked domain blocks those below it."""
    if not email:
        return "email", "ERR_BLANK", "can't be blank"
    local, _, domain = email.rpartition("@")
    if (
        len(email) > LONGEST_EMAIL
        or not _EMAIL.fullmatch(email)
        or ".." in local
        or local.startswith(".")
        or local.endswith(".")
    ):
        return "email", "ERR_INVALID", "is invalid"
    labels = domain.lower().split(".")
    if any(".".join(labels[at:]) in blocked_domains for at in range(len(labels))):
        return "email", "ERR_BLOCKED", "uses a disallowed e-mail provider"
    return None


def password_problem(password: str) -> Problem | None:
    """What is wrong with a new password, if anything."""
    if not password.strip():
        return "password", "ERR_BLANK", "can't be blank"
    if len(password) < SHORTEST:
        return "password", "ERR_TOO_SHORT", f"is too short (minimum is {SHORTEST} characters)"
    if len(password) > LONGEST:
        return "password", "ERR_TOO_LONG", f"is too long (maximum is {LONGEST} characters)"
    return None


def age_problem(born: date | None, *, min_age: int, today: date) -> Problem | None:
    """Whether somebody born on this day is too young. Nothing is asked where `min_age` is 0."""
    if min_age <= 0:
        return None
    if born is None:
        return "date_of_birth", "ERR_BLANK", "can't be blank"
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < 0 or age > 150:
        return "date_of_birth", "ERR_INVALID", "is invalid"
    if age < min_age:
        return "date_of_birth", "ERR_BELOW_LIMIT", "is below the age limit"
    return None


def reason_problem(reason: str, *, is_required: bool) -> Problem | None:
    """What is wrong with the reason for joining, if anything."""
    if is_required and not reason.strip():
        return "reason", "ERR_BLANK", "can't be blank"
    if len(reason) > LONGEST_REASON:
        return "reason", "ERR_TOO_LONG", f"is too long (maximum is {LONGEST_REASON} characters)"
    return None


def locale_or_default(locale: str | None) -> str:
    """The locale if it can be one, else English."""
    return locale if locale and len(locale) <= 20 and _LOCALE.fullmatch(locale) else "en"


def sentence_of(problems: Sequence[Problem]) -> str:
    """All problems in Rails' words: "Validation failed: Username is reserved, Email is invalid"."""
    said = (f"{field.replace('_', ' ').capitalize()} {says}" for field, _, says in problems)
    return f"Validation failed: {', '.join(said)}"
