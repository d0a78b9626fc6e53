"""The numbers of the desk, for those whose role shows them: measures, dimensions, retention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.moderation.queries.dimensions import DIMENSIONS, list_dimension
from watertower.moderation.queries.measures import (
    BY_DAY,
    TOTALS,
    get_total,
    list_cohorts,
    list_days,
)

MEASURES = tuple(BY_DAY)
DIMENSION_KEYS = tuple(DIMENSIONS)
LONGEST = timedelta(days=366)
MOST_KEYS = 20
# Of these only the present state is told, not how it was in the time before.
WITHOUT_PREVIOUS = "instance_"


@dataclass(frozen=True)
class Period:
    """Whole days in UTC, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last, time(), UTC) + timedelta(days=1)

    @property
    def days(self) -> list[date]:
        """Each day."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]

    @property
    def before(self) -> "Period":
        """As many days, just before."""
        length = self.last - self.first + timedelta(days=1)
        return Period(self.first - length, self.last - length)


@dataclass(frozen=True)
class Measure:
    """One number, by day."""

    key: str
    total: int
    previous_total: int | None
    days: Sequence[tuple[date, int]]
    is_bytes: bool


@dataclass(frozen=True)
class Cohort:
    """Those who joined in one period, and how many of them were seen later."""

    period: datetime
    data: Sequence[tuple[datetime, int, float]]  # since when, how many, of one


async def measures(
    ctx: Context, *, keys: Sequence[str], period: Period, about: Mapping[str, str]
) -> list[Measure]:
    """The numbers of these keys; `about` says by key which domain or hashtag is meant."""
    found = []
    async with ctx.reading(may_lag=True) as tx:
        for key in keys:
            named = about.get(key)
            by_day = await list_days(tx, key=key, start=period.start, end=period.end, about=named)
            total, previous = sum(by_day.values()), None
            if key in TOTALS:
                total = await get_total(
                    tx, key=key, start=period.start, end=period.end, about=named
                )
            if not key.startswith(WITHOUT_PREVIOUS):
                before = period.before
                if key in TOTALS:
                    previous = await get_total(
                        tx, key=key, start=before.start, end=before.end, about=named
                    )
                else:
                    days = await list_days(
                        tx, key=key, start=before.start, end=before.end, about=named
                    )
                    previous = sum(days.values())
            found.append(
                Measure(
                    key,
                    total,
                    previous,
                    [(day, by_day.get(day, 0)) for day in period.days],
                    key == "instance_media_attachments",
                )
            )
    return found


async def dimensions(
    ctx: Context, *, keys: Sequence[str], period: Period, about: Mapping[str, str], limit: int
) -> list[tuple[str, Sequence[Row]]]:
    """Rows of key and value by dimension, the largest first."""
    async with ctx.reading(may_lag=True) as tx:
        return [
            (
                key,
                await list_dimension(
                    tx,
                    key=key,
                    start=period.start,
                    end=period.end,
                    about=about.get(key),
                    limit=limit,
                ),
            )
            for key in keys
        ]


async def retention(ctx: Context, *, period: Period, frequency: str) -> list[Cohort]:
    """How many of those who joined stayed, by day or month."""
    async with ctx.reading(may_lag=True) as tx:
        rows = await list_cohorts(tx, start=period.start, end=period.end, frequency=frequency)
    cohorts: dict[datetime, list[tuple[datetime, int, float]]] = {}
    for joined_in, since, joined, stayed in rows:
        rate = stayed / joined if joined else 0.0
        cohorts.setdefault(joined_in, []).append((since, stayed, rate))
    return [Cohort(joined_in, data) for joined_in, data in cohorts.items()]
