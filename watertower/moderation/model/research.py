"""Research: a case that nobody had to suffer for first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LOOKED_BACK = timedelta(days=30)
SHOWN_POSTS = 20
MOST_WATCHED = 100


@dataclass(frozen=True)
class ResearchLine:
    """A piece of research in a list."""

    case_id: int
    title: str
    state: str
    about: str  # @account, a domain, or nothing
    tags: Sequence[str]
    watched: int
    evidence: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Watch:
    """Somebody or a server on a watch list, and how much came of it in thirty days."""

    id: int
    kind: str  # account, server
    subject: str
    name: str  # as it is shown: @name@domain, or the domain
    note: str
    posts: int
    reports: int
    created_at: datetime


@dataclass(frozen=True)
class Path:
    """One way on which something came from a server to people here, and how much (FED-46)."""

    way: str  # post, reply, mention, boost, like, quote
    count: int
    accounts: int  # of theirs
    people: int  # of ours, reached
    last_at: datetime | None


@dataclass(frozen=True)
class SeenPost:
    """A post of somebody who is watched, as everybody may read it; its media are only counted."""

    status_id: int
    account_id: int
    acct: str
    text: str
    media: int
    is_sensitive: bool
    is_evidence: bool
    created_at: datetime
