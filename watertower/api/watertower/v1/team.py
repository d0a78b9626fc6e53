"""/api/watertower/v1/team, …/practice, …/trusted_reporters: the team, for its people."""

from typing import Any

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.times import moment
from watertower.base.db.transaction import Row
from watertower.base.web import Response, json_response
from watertower.moderation.access.practice import practice_desk, ticket_for
from watertower.moderation.access.reporters import reporters_desk
from watertower.moderation.access.team import own_place, public_team
from watertower.moderation.access.volunteers import applications_desk
from watertower.moderation.actions.practice.practise import analyse, give_feedback
from watertower.moderation.actions.reporters.choose import choose, judge
from watertower.moderation.actions.team.emergency import agree_to_powers, ask_for_powers
from watertower.moderation.actions.team.set_availability import set_availability
from watertower.moderation.model.team import Availability, Membership


async def get_team(request: ApiRequest) -> Response:
    """Who is in which team; what the public page says."""
    found = await public_team(request.ctx)
    return json_response(
        {
            "duties_separated": found.are_separated,
            "teams": [
                {
                    "name": team.name,
                    "title": team.title,
                    "purpose": team.purpose,
                    "members": [_member(one) for one in members],
                }
                for team, members in found.teams
            ],
            "positions": [
                {
                    "name": row["name"],
                    "title": row["title"],
                    "state": row["state"],
                    "holder": None if row["is_holder_gone"] else row["holder"],
                    "deputy": row["deputy"],
                    "deputy_acts": row["acting_since"] is not None,
                }
                for row in found.positions
            ],
        }
    )


async def get_availability(request: ApiRequest) -> Response:
    """What one chose to take on."""
    place = await own_place(request.ctx, account_id=request.my_account_id)
    return json_response(_availability(place.availability))


async def put_availability(request: ApiRequest) -> Response:
    """Choose it anew, whole."""
    chosen = Availability(
        cases_a_day=request.number("cases_a_day", 10, least=0, most=200) or 0,
        hours=_hours(request),
        languages=[one.lower() for one in request.texts("languages", most=30, limit=40)],
        refuses=[one.lower() for one in request.texts("refuses", most=30, limit=40)],
        away_from=request.moment("away_from"),
        away_until=request.moment("away_until"),
    )
    await set_availability(request.ctx, account_id=request.my_account_id, chosen=chosen)
    return await get_availability(request)


async def get_applications(request: ApiRequest) -> Response:
    """Applications to one's team that wait; never one's own."""
    desk = await applications_desk(request.ctx, viewer_id=request.my_account_id)
    return json_response(
        [
            {
                "id": str(row["id"]),
                "username": row["username"],
                "team": row["team"],
                "state": row["state"],
                "languages": list(row["languages"]),
                "due_at": moment(row["due_at"]),
            }
            for row in desk.applications
        ]
    )


async def get_practice(request: ApiRequest) -> Response:
    """Practice tickets, newest first; pages by max_id."""
    page = request.page()
    _, found = await practice_desk(request.ctx, viewer_id=request.my_account_id, page=page)
    return json_response(
        [
            {
                "id": str(row["id"]),
                "title": row["title"],
                "language": row["language"],
                "graphic": row["is_graphic"],
                "written": row["is_mine_written"],
                "analyses_count": row["analyses"],
            }
            for row in found
        ],
        headers=link_header(request, [row["id"] for row in found], page),
    )


async def get_ticket(request: ApiRequest) -> Response:
    """One ticket; others' analyses and what was done are null before one's own."""
    ticket = await ticket_for(
        request.ctx, viewer_id=request.my_account_id, ticket_id=request.path_id()
    )
    is_open = ticket.outcome is not None
    return json_response(
        {
            "id": str(ticket.id),
            "title": ticket.title,
            "situation": list(ticket.situation),
            "written": ticket.is_mine_written,
            "outcome": ticket.outcome,
            "outcome_words": ticket.outcome_words if is_open else None,
            "analyses": [_analysis(row, ticket.feedback) for row in ticket.analyses]
            if is_open
            else None,
        }
    )


async def post_analysis(request: ApiRequest) -> Response:
    """Write one's analysis, once."""
    await analyse(
        request.ctx,
        author_id=request.my_account_id,
        ticket_id=request.path_id(),
        situation=request.required_text("situation"),
        would_do=request.required_text("would_do"),
        would_not_do=request.required_text("would_not_do"),
        why=request.required_text("why"),
    )
    return await get_ticket(request)


async def post_feedback(request: ApiRequest) -> Response:
    """Say something to an analysis."""
    analysis_id = request.id("analysis_id")
    if analysis_id is None:
        raise invalid("analysis_id", "can't be blank", "ERR_BLANK")
    await give_feedback(
        request.ctx,
        author_id=request.my_account_id,
        analysis_id=analysis_id,
        text=request.required_text("text"),
    )
    return await get_ticket(request)


async def get_reporters(request: ApiRequest) -> Response:
    """Candidates and trusted reporters."""
    desk = await reporters_desk(request.ctx, viewer_id=request.my_account_id)
    return json_response(
        [
            {
                "account_id": str(row["account_id"]),
                "username": row["username"],
                "state": row["state"],
                "good_reports": row["good_reports"],
                "renew_by": row["renew_by"] and moment(row["renew_by"]),
                "to_review": row["to_review_since"] is not None,
            }
            for row in desk.reporters
        ]
    )


async def post_choose(request: ApiRequest) -> Response:
    """Speak for a candidate; with the lead and one more they are invited."""
    is_invited = await choose(
        request.ctx,
        actor_id=request.my_account_id,
        account_id=request.path_id(),
        because=request.required_text("because"),
    )
    return json_response({"invited": is_invited})


async def post_judge(request: ApiRequest) -> Response:
    """Say whether an urgent word was worth the call."""
    await judge(
        request.ctx,
        actor_id=request.my_account_id,
        report_id=request.path_id(),
        was_founded=bool(request.flag("founded", default=False)),
    )
    return json_response({})


async def post_emergency(request: ApiRequest) -> Response:
    """Ask for the powers of the other team."""
    loan_id = await ask_for_powers(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.required_text("team"),
        reason=request.required_text("reason"),
    )
    return json_response({"id": str(loan_id)})


async def post_agree(request: ApiRequest) -> Response:
    """Agree, as the second authorised person."""
    await agree_to_powers(request.ctx, actor_id=request.my_account_id, loan_id=request.path_id())
    return json_response({})


def _hours(request: ApiRequest) -> list[int]:
    found = []
    for text in request.texts("hours", most=168, limit=3):
        if not text.isdigit():
            raise invalid("hours", "is not a number", "ERR_INVALID")
        found.append(int(text))
    return sorted(set(found))


def _member(one: Membership) -> dict[str, Any]:
    return {
        "account_id": str(one.account_id),
        "username": one.username,
        "state": str(one.state),
        "lead": one.is_lead,
        "since": moment(one.joined_at),
    }


def _availability(chosen: Availability) -> dict[str, Any]:
    return {
        "cases_a_day": chosen.cases_a_day,
        "hours": list(chosen.hours),
        "languages": list(chosen.languages),
        "refuses": list(chosen.refuses),
        "away_from": chosen.away_from and moment(chosen.away_from),
        "away_until": chosen.away_until and moment(chosen.away_until),
    }


def _analysis(row: Row, feedback: Any) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "author": row["author"],
        "situation": row["situation"],
        "would_do": row["would_do"],
        "would_not_do": row["would_not_do"],
        "why": row["why"],
        "feedback": [
            {"author": said["author"], "lead": said["by_lead"], "text": said["text"]}
            for said in feedback.get(row["id"], [])
        ],
    }
