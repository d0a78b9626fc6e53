"""Pure decisions about votes: what may be asked, who may answer, what an answer is."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_line, clean_text
from watertower.community.errors import wrong
from watertower.community.model import (
    LEAST_AGE,
    LEAST_OPTIONS,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_OPTIONS,
    NO_OPINION,
    Vote,
    VoteDraft,
    Voter,
)


def clean_draft(draft: VoteDraft) -> VoteDraft:
    """The draft as it is kept. Raises Invalid: at least two options, none twice or empty."""
    options = [clean_line(option, LONGEST_LINE + 1) for option in draft.options]
    options = [option for option in options if option]
    if any(len(option) > LONGEST_LINE for option in options):
        raise wrong("options", f"must have at most {LONGEST_LINE} characters each")
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise wrong("options", f"must be {LEAST_OPTIONS} to {MOST_OPTIONS}")
    folded = [option.casefold() for option in options]
    if NO_OPINION.casefold() in folded:
        raise wrong("options", f"must not name “{NO_OPINION}”: it is always the last one")
    if len(set(folded)) != len(folded):
        raise wrong("options", "must differ")
    if not 0 <= draft.quorum_percent <= 100:
        raise wrong("quorum_percent", "must be between 0 and 100")
    return VoteDraft(
        question=line(draft.question, "question"),
        explanation=text(draft.explanation, "explanation", may_be_blank=True),
        options=options,
        is_multiple=draft.is_multiple,
        is_binding=draft.is_binding,
        quorum_percent=draft.quorum_percent if draft.is_binding else 0,
    )


def clean_choices(vote: Vote, choices: Sequence[int]) -> list[int]:
    """An answer as it is kept: places of options, each once, in order. Raises Invalid."""
    chosen = sorted(set(choices))
    last = len(vote.options)
    if not chosen:
        raise wrong("choices", "can't be blank")
    if chosen[0] < 0 or chosen[-1] > last:
        raise wrong("choices", "must be among the options")
    if len(chosen) > 1 and not vote.is_multiple:
        raise wrong("choices", "must be one")
    if len(chosen) > 1 and last in chosen:
        raise wrong("choices", f"must not hold “{NO_OPINION}” beside an opinion")
    return chosen


def why_not(voter: Voter | None, *, opened_at: datetime) -> str:
    """Why this account may not answer, in a sentence; "" if it may.

    Frozen members may: what is asked concerns them as everybody. Whoever is suspended may neither
    answer nor change an answer while that lasts; what they answered before counts.
    """
    if voter is None or not voter.is_member:
        return "Only members of this community are asked"
    if voter.is_suspended:
        return "Who is suspended cannot answer. An answer that you gave before counts."
    if voter.has_moved:
        return "You have moved to another account"
    if voter.is_bot:
        return "People are asked, not bots"
    if voter.created_at > opened_at - LEAST_AGE:
        return f"Accounts that were made {LEAST_AGE.days} days before a vote opens are asked"
    return ""


def mark_of(server_key: str, *, ballot_key: bytes, account_id: int) -> bytes:
    """Under which mark the answer of an account is kept. It takes both keys to make it.

    The server's key is no part of the database, the vote's is destroyed with the ballots.
    """
    inner = hmac.new(server_key.encode(), b"ballot" + ballot_key, hashlib.sha256).digest()
    return hmac.new(inner, str(account_id).encode(), hashlib.sha256).digest()


def line(value: str, name: str) -> str:
    """A line that must be there. Raises Invalid."""
    return _bounded(clean_line(value, LONGEST_LINE + 1), name, LONGEST_LINE)


def text(value: str, name: str, *, may_be_blank: bool = False) -> str:
    """A text that must be there. Raises Invalid."""
    cleaned = clean_text(value).strip()
    return "" if may_be_blank and not cleaned else _bounded(cleaned, name, LONGEST_TEXT)


def _bounded(value: str, name: str, most: int) -> str:
    if not value:
        raise _blank(name)
    if len(value) > most:
        raise wrong(name, f"is too long (maximum is {most} characters)")
    return value


def _blank(name: str) -> Invalid:
    return wrong(name, "can't be blank")
