"""A vote of the community, as JSON."""

from collections.abc import Sequence
from typing import Any

from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.community.access.votes import VoteSeen
from watertower.community.steps.votes import page_of


def vote_shape(ctx: Context, seen: VoteSeen) -> dict[str, Any]:
    """What members may know. Counts and decision are null until they are published."""
    vote = seen.vote
    counts: Sequence[int | None] = vote.counts or [None] * len(vote.choices)
    return {
        "id": str(vote.id),
        "state": seen.phase,
        "url": page_of(ctx, vote.id),
        "subject": vote.subject,
        "question": vote.question,
        "explanation": vote.explanation,
        "options": [
            {"title": title, "votes_count": count}
            for title, count in zip(vote.choices, counts, strict=True)
        ],
        "multiple": vote.is_multiple,
        "binding": vote.is_binding,
        "quorum_percent": vote.quorum_percent,
        "opens_at": moment(vote.opened_at or vote.opens_at),
        "closes_at": moment(vote.closes_at),
        "decide_by": moment(vote.decide_by),
        "own_votes": None if seen.own is None else list(seen.own),
        "why_not": seen.why_not or None,
        "voters_count": vote.voters_count,
        "eligible_count": vote.eligible_count,
        "turnout_percent": vote.turnout_percent,
        "decision": vote.decision or None,
        "reasons": vote.reasons or None,
        "departs": vote.departs if vote.decision else None,
        "published_at": moment(vote.published_at),
        "cancelled_at": moment(vote.cancelled_at),
        "cancel_reason": vote.cancel_reason or None,
    }


def desk_vote_shape(ctx: Context, seen: VoteSeen) -> dict[str, Any]:
    """The same for those who keep votes, with what led to it."""
    vote = seen.vote
    return vote_shape(ctx, seen) | {
        "why": vote.why,
        "about_domain": vote.about_domain,
        "raised_at": moment(vote.raised_at),
        "drafted_at": moment(vote.drafted_at),
        "read_at": moment(vote.read_at),
        "heralded_at": moment(vote.heralded_at),
        "posted_at": moment(vote.posted_at),
        "collected_at": moment(vote.collected_at),
        "decided_at": moment(vote.decided_at),
    }
