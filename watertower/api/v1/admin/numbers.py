"""/api/v1/admin/measures, dimensions and retention: the numbers of the desk.

Keys and parameters as Mastodon documents them; what a number is about is given below its key,
as `instance_accounts[domain]` or `tag_uses[id]`.
"""

from datetime import UTC, date, datetime, time, timedelta
from platform import python_version
from typing import Any

from watertower import __version__
from watertower.api.request import ApiRequest, id_of, invalid
from watertower.api.shapes.times import moment
from watertower.base.text.languages import LANGUAGES
from watertower.base.web import Response, json_response
from watertower.moderation.access.numbers import (
    DIMENSION_KEYS,
    LONGEST,
    MEASURES,
    MOST_KEYS,
    Measure,
    Period,
    dimensions,
    measures,
    retention,
)

DEFAULT_DAYS = 29
MOST_COHORTS = 62  # periods of one retention table
SIZES = ("Bytes", "KB", "MB", "GB", "TB")
NAMES = {
    "postgresql": "PostgreSQL",
    "media": "Media",
    "watertower": "Watertower",
    "python": "Python",
}


async def post_measures(request: ApiRequest) -> Response:
    """Numbers by day."""
    keys = _keys(request, MEASURES)
    found = await measures(
        request.ctx, keys=keys, period=_period(request), about=_about(request, keys)
    )
    return json_response([_measure(one) for one in found])


async def post_dimensions(request: ApiRequest) -> Response:
    """Numbers by kind."""
    keys = _keys(request, DIMENSION_KEYS)
    found = await dimensions(
        request.ctx,
        keys=keys,
        period=_period(request),
        about=_about(request, keys),
        limit=request.number("limit", 10, least=1, most=100) or 10,
    )
    return json_response([_dimension(request, key, rows) for key, rows in found])


async def post_retention(request: ApiRequest) -> Response:
    """How many of those who joined stayed."""
    frequency = request.one_of("frequency", ("day", "month"), "day") or "day"
    period = _period(request)
    days_each = 28 if frequency == "month" else 1
    if len(period.days) > MOST_COHORTS * days_each:
        raise invalid("start_at", f"is too early: at most {MOST_COHORTS} periods")
    cohorts = await retention(request.ctx, period=period, frequency=frequency)
    return json_response(
        [
            {
                "period": moment(one.period.replace(tzinfo=UTC)),
                "frequency": frequency,
                "data": [
                    {
                        "date": moment(since.replace(tzinfo=UTC)),
                        "rate": rate,
                        "value": str(count),
                    }
                    for since, count, rate in one.data
                ],
            }
            for one in cohorts
        ]
    )


def _keys(request: ApiRequest, known: tuple[str, ...]) -> list[str]:
    wanted = request.texts("keys", most=MOST_KEYS, limit=100)
    return [key for key in dict.fromkeys(wanted) if key in known]


def _period(request: ApiRequest) -> Period:
    today = request.ctx.now().astimezone(UTC).date()
    last = _day(request, "end_at") or today
    first = _day(request, "start_at") or last - timedelta(days=DEFAULT_DAYS)
    if first > last:
        raise invalid("start_at", "is after the end")
    if last - first > LONGEST:
        raise invalid("start_at", f"is too early: at most {LONGEST.days} days")
    return Period(first, last)


def _day(request: ApiRequest, name: str) -> date | None:
    found = request.moment(name)
    return found.astimezone(UTC).date() if found else None


def _about(request: ApiRequest, keys: list[str]) -> dict[str, str]:
    """The domain or hashtag that each key is about; required where there has to be one."""
    found = {}
    for key in keys:
        if key.startswith("tag_"):
            number = id_of(request.group(key).params.get("id"))
            if number is None:
                raise invalid(key, "needs the id of a hashtag", "ERR_BLANK")
            found[key] = str(number)
        elif key.startswith("instance_"):
            domain = request.group(key).text("domain", limit=255)
            if not domain:
                raise invalid(key, "needs a domain", "ERR_BLANK")
            found[key] = domain
    return found


def _measure(one: Measure) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "key": one.key,
        "unit": "bytes" if one.is_bytes else None,
        "total": str(one.total),
        "data": [
            {"date": moment(datetime.combine(day, time(), UTC)), "value": str(value)}
            for day, value in one.days
        ],
    }
    if one.is_bytes:
        shape["human_value"] = _size(one.total)
    if one.previous_total is not None:
        shape["previous_total"] = str(one.previous_total)
    return shape


def _dimension(request: ApiRequest, key: str, rows: Any) -> dict[str, Any]:
    data = [_row(request, key, row["key"], row["value"]) for row in rows]
    if key == "software_versions":
        for name, version in (("watertower", __version__), ("python", python_version())):
            data.append(_row(request, key, name, version))
    return {"key": key, "data": data}


def _row(request: ApiRequest, key: str, name: str, value: int | str) -> dict[str, Any]:
    human = name
    if key.endswith("languages"):
        human = LANGUAGES.get(name, name)
    elif key.endswith("servers") and not name:
        name = human = request.ctx.settings.server.domain
    elif key == "sources" and not name:
        name, human = "web", "Website"
    elif key in {"space_usage", "software_versions"}:
        human = NAMES.get(name, name)
    shape = {"key": name, "human_key": human, "value": str(value)}
    if key == "space_usage":
        shape |= {"unit": "bytes", "human_value": _size(int(value))}
    elif key == "software_versions":
        shape |= {"human_value": str(value)}
    return shape


def _size(count: int) -> str:
    """`1.5 MB`."""
    size, number = 0, float(count)
    while number >= 1024 and size < len(SIZES) - 1:
        size, number = size + 1, number / 1024
    return f"{number:.3g} {SIZES[size]}"
