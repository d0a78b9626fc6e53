"""Reviews of servers as moderators see them. The gate has checked that the caller may."""

from dataclasses import dataclass

from watertower.base.context import Context
from watertower.moderation.errors.server_reviews import ReviewNotFound
from watertower.moderation.model.server_reviews import Finding, PolicyText, Review
from watertower.moderation.queries.policy_texts import list_policy_texts
from watertower.moderation.queries.server_findings import (
    list_criteria,
    list_findings,
)
from watertower.moderation.queries.server_reviews import (
    find_review,
    list_open_reviews,
    list_reviews_of,
)


async def criteria_in_force(ctx: Context) -> list[str]:
    """The criteria that a decision can cite, each with its set and version.

    Where the community decides by a principle, that alone.
    """
    async with ctx.reading() as tx:
        sets = await list_criteria(tx)
    principle = [one for one in sets if one[0] == "principle" and one[2]]
    return [
        f"{kind} {version}.{n}: {point}"
        for kind, version, points in principle or sorted(sets, reverse=True)
        for n, point in enumerate(points, start=1)
    ]


async def criteria_sets(ctx: Context) -> dict[str, tuple[int, list[str]]]:
    """Version and points of each set."""
    async with ctx.reading() as tx:
        return {kind: (version, list(points)) for kind, version, points in await list_criteria(tx)}


async def reviews_of(ctx: Context, *, domain: str) -> list[Review]:
    """Every review of a server, latest first."""
    async with ctx.reading() as tx:
        return await list_reviews_of(tx, domain=domain)


async def open_reviews(ctx: Context) -> list[Review]:
    """Reviews that are not over, the first due first."""
    async with ctx.reading() as tx:
        return await list_open_reviews(tx)


@dataclass(frozen=True)
class ReviewShown:
    """A review with what was found."""

    review: Review
    findings: list[Finding]
    texts: list[PolicyText]


async def review_for(ctx: Context, *, review_id: int) -> ReviewShown:
    """One review. Raises ReviewNotFound."""
    async with ctx.reading() as tx:
        review = await find_review(tx, review_id=review_id)
        if review is None:
            raise ReviewNotFound
        return ReviewShown(
            review,
            await list_findings(tx, review_id=review_id),
            await list_policy_texts(tx, domain=review.domain),
        )
