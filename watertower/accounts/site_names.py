"""What a community can decide about itself by name, and what each may be. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from watertower.accounts.model import RegistrationMode
from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_text

LONGEST_LINE = 255  # characters
LONGEST_TEXT = 50_000
MOST_NAMES = 1000
YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True)
class Decision:
    """One thing to decide: how a text becomes its value, and what it is for."""

    read: Callable[[str], Any]
    says: str


def _line(text: str) -> str:
    line = " ".join(clean_text(text).split())
    if len(line) > LONGEST_LINE:
        raise Invalid(f"At most {LONGEST_LINE} characters")
    return line


def _text(text: str) -> str:
    cleaned = clean_text(text).strip()
    if len(cleaned) > LONGEST_TEXT:
        raise Invalid(f"At most {LONGEST_TEXT} characters")
    return cleaned


def _email(text: str) -> str:
    address = _line(text)
    if address and ("@" not in address[1:-1] or " " in address):
        raise Invalid("That is no e-mail address")
    return address


def _handle(text: str) -> str:
    return _line(text).lstrip("@")


def _age(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 99:
        raise Invalid("An age is a number of years up to 99; 0: not asked")
    return int(text)


def _switch(text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise Invalid("Say yes or no")
    return word in YES


def _names(text: str) -> list[str]:
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    if len(names) > MOST_NAMES:
        raise Invalid(f"At most {MOST_NAMES} names")
    return names


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise Invalid(f"One of {', '.join(words)}")
        return text

    return read


_WHOM = _one_of("all", "users", "disabled")

DECISIONS: Mapping[str, Decision] = {
    "title": Decision(_line, "The name of the community."),
    "short_description": Decision(_text, "One or two sentences, shown in apps."),
    "extended_description": Decision(_text, "The page About, in plain text."),
    "contact_email": Decision(_email, "Where people can write to."),
    "contact_username": Decision(_handle, "The account of whoever is responsible."),
    "official_username": Decision(_handle, "The account that speaks for the community."),
    "account_types_needing_approval": Decision(
        _names, "Types of accounts that may post only once approved: corporate, bot, curated …"
    ),
    "registration_mode": Decision(
        _one_of(*(mode.value for mode in RegistrationMode)), "open, approval, invite or closed."
    ),
    "closed_message": Decision(_text, "Said to people while nobody can sign up."),
    "requires_reason": Decision(_switch, "Whether applicants must say why (yes or no)."),
    "min_age": Decision(_age, "The least age of members in years; 0: not asked."),
    "reserved_usernames": Decision(_names, "Names nobody can take, separated by commas."),
    "blocked_email_domains": Decision(_names, "Mail domains that cannot sign up."),
    "shows_local_timeline": Decision(_switch, "Whether visitors see what is posted here."),
    "shows_peers": Decision(_switch, "Whether the list of known servers is public."),
    "shows_activity": Decision(_switch, "Whether weekly numbers are public."),
    "show_domain_blocks": Decision(_WHOM, "Who sees limited servers: all, users or disabled."),
    "show_domain_blocks_rationale": Decision(_WHOM, "Who sees why: all, users or disabled."),
    "terms": Decision(_text, "The terms of service, in plain text."),
    "privacy_policy": Decision(_text, "The privacy policy, in plain text."),
}


def value_of(name: str, text: str) -> Any:
    """A text as the value of this decision. Invalid names the nearest right name."""
    decision = DECISIONS.get(name)
    if decision is None:
        near = get_close_matches(name, DECISIONS, 1)
        raise Invalid(f"There is no {name}." + (f" Do you mean {near[0]}?" if near else ""))
    return decision.read(text)
