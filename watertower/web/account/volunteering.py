"""/account/volunteering: one's own place in a team, and the direct line of trusted reporters."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from watertower.base.errors import Invalid, NotFound
from watertower.base.json import from_json
from watertower.base.web import Response, redirect
from watertower.moderation.access.team import OwnPlace, own_place
from watertower.moderation.actions.reporters.answer import (
    accept_invitation,
    decline_invitation,
    go_on,
)
from watertower.moderation.actions.reporters.choose import pause_reporter
from watertower.moderation.actions.team.leave import leave, pause, resume
from watertower.moderation.actions.team.papers import accept_paper
from watertower.moderation.actions.team.set_availability import set_availability
from watertower.moderation.actions.volunteers.apply import withdraw
from watertower.moderation.model.team import Availability
from watertower.moderation.model.trusted_reporters import RENEWAL_OPENS, TERMS, TRAINING
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})")
_SPLIT = re.compile(r"[,\s]+")


async def get_volunteering(request: WebRequest) -> Response:
    """One's own place."""
    return _page(request, await own_place(request.ctx, account_id=request.my_account_id))


async def post_volunteering(request: WebRequest) -> Response:
    """Accept a paper, step back, come back, leave, or answer as a trusted reporter."""
    do, me, ctx = request.text("do"), request.my_account_id, request.ctx
    if do == "accept":
        await accept_paper(
            ctx,
            account_id=me,
            name=request.line("name", 60),
            version=id_of(request.params.get("version")) or 0,
        )
    elif do == "pause":
        await pause(ctx, account_id=me, reason=request.line("reason", 500))
    elif do == "resume":
        await resume(ctx, account_id=me)
    elif do == "leave":
        await leave(
            ctx,
            account_id=me,
            reason=request.line("reason", 500),
            is_announced=request.is_on("is_announced"),
        )
    elif do == "withdraw":
        await withdraw(
            ctx, account_id=me, application_id=id_of(request.params.get("application_id")) or 0
        )
    elif do == "trust":
        await accept_invitation(
            ctx,
            account_id=me,
            agrees=request.is_on("agrees"),
            has_trained=request.is_on("has_trained"),
        )
    elif do == "no_trust":
        await decline_invitation(ctx, account_id=me)
    elif do == "pause_trust":
        await pause_reporter(ctx, actor_id=me, account_id=me)
    elif do == "go_on":
        await go_on(ctx, account_id=me)
    else:
        raise NotFound
    return redirect("/account/volunteering", 303)


async def post_availability(request: WebRequest) -> Response:
    """Say when one is there, and what one will not look at."""
    try:
        chosen = _typed(request)
        await set_availability(request.ctx, account_id=request.my_account_id, chosen=chosen)
    except Invalid as refused:
        place = await own_place(request.ctx, account_id=request.my_account_id)
        return _page(request, place, wrong=refused.says)
    return redirect("/account/volunteering", 303)


def _typed(request: WebRequest) -> Availability:
    hours: list[int] = []
    for day in range(7):
        for first, last in _spans(request.line(f"day{day}", 100)):
            hours += [day * 24 + hour for hour in range(first, last)]
    number = id_of(request.line("cases_a_day"))
    if number is None:
        raise Invalid("A number of cases a day is needed; 0 is none")
    return Availability(
        cases_a_day=number,
        hours=sorted(set(hours)),
        languages=_words(request.line("languages")),
        refuses=_words(request.line("refuses")),
        away_from=_day(request.line("away_from")),
        away_until=_day(request.line("away_until"), is_end=True),
    )


def _spans(text: str) -> list[tuple[int, int]]:
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _SPAN.fullmatch(part)
        first, last = (int(match[1]), int(match[2])) if match else (1, 0)
        if not 0 <= first < last <= 24:
            raise Invalid(f"Hours look like 9-12, 18-22; this does not: {part}")
        found.append((first, last))
    return found


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.lower()[:40] for word in _SPLIT.split(text) if word))[:30]


def _day(text: str, *, is_end: bool = False) -> datetime | None:
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Invalid(f"A day looks like 2026-08-01; this does not: {text}") from None
    return day + timedelta(days=1) if is_end else day


def spans_of(hours: Sequence[int], day: int) -> str:
    """The hours of one day as they are typed: "9-12, 18-22"."""
    mine = sorted(hour - day * 24 for hour in hours if hour // 24 == day)
    spans: list[list[int]] = []
    for hour in mine:
        if spans and spans[-1][1] == hour:
            spans[-1][1] = hour + 1
        else:
            spans.append([hour, hour + 1])
    return ", ".join(f"{first}-{last}" for first, last in spans)


def _page(request: WebRequest, place: OwnPlace, wrong: str = "") -> Response:
    chosen, trusted = place.availability, place.trusted
    return page(
        request,
        "account_volunteering.html",
        status=422 if wrong else 200,
        place=place,
        positions=[(row, from_json(row["checklist"])) for row in place.positions],
        days=[(number, word, spans_of(chosen.hours, number)) for number, word in enumerate(DAYS)],
        away_until=chosen.away_until - timedelta(days=1) if chosen.away_until else None,
        terms=TERMS,
        training=TRAINING,
        may_go_on=bool(
            trusted
            and trusted["renew_by"]
            and request.ctx.now() >= trusted["renew_by"] - RENEWAL_OPENS
        ),
        me=request.my_account_id,
        wrong=wrong,
    )
