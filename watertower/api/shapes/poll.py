"""Poll, as JSON."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from watertower.api.shapes.times import moment


def poll_shape(
    poll: Mapping[str, Any], emojis: list[dict[str, Any]], *, now: datetime
) -> dict[str, Any]:
    """The poll as everybody sees it. `poll` is a row of polls, as JSON."""
    expires_at = _moment(poll["expires_at"])
    has_ended = expires_at is not None and expires_at <= now
    shows = has_ended or not poll["hides_totals"]
    tallies: list[int] = poll["tallies"]
    return {
        "id": str(poll["id"]),
        "expires_at": moment(expires_at),
        "multiple": poll["is_multiple"],
        "votes_count": sum(tallies),
        "voters_count": poll["voters_count"],
        "options": [
            {"title": title, "votes_count": tally if shows else None}
            for title, tally in zip(poll["options"], tallies, strict=True)
        ],
        "emojis": emojis,
    }


def poll_with_votes(
    poll: bytes, choices: list[int], *, is_own: bool, is_member: bool, now: datetime | None = None
) -> bytes:
    """A rendered poll (without its closing brace) with what the viewer chose.

    Whether it has expired is said here, because it changes without a new version.
    """
    expired = b"true" if _has_expired(poll, now or datetime.now(UTC)) else b"false"
    if not is_member:
        return b'%b,"expired":%b}' % (poll, expired)
    voted = b"true" if is_own or choices else b"false"
    own = ",".join(str(choice) for choice in sorted(choices)).encode()
    return b'%b,"expired":%b,"voted":%b,"own_votes":[%b]}' % (poll, expired, voted, own)


def _has_expired(poll: bytes, now: datetime) -> bool:
    start = poll.find(b'"expires_at":') + 13
    if poll[start : start + 1] != b'"':
        return False
    return datetime.fromisoformat(poll[start + 1 : poll.index(b'"', start + 1)].decode()) <= now


def _moment(text: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else text
