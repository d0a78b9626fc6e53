"""/desk/appeals: appeals that wait, and those that ended."""

from watertower.base.web import Response
from watertower.moderation.access.appeals import judged_appeals
from watertower.moderation.model.appeals import (
    APPEALABLE,
    OUTCOME_WORDS,
    STATE_WORDS,
    TEAMS,
    AppealSearch,
)
from watertower.moderation.model.standing import WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest

SHOWN = (
    ("open", "Open"),
    ("mine", "Mine"),
    ("team", "The team's turn"),
    ("closed", "Answered"),
)


async def get_appeals(request: WebRequest) -> Response:
    """A page of them, newest first."""
    shown = request.text("show", 10)
    shown = shown if shown in dict(SHOWN) else "open"
    kind = request.text("kind", 40)
    kind = kind if kind in {str(one) for one in APPEALABLE} else ""
    outcome = request.text("outcome", 20)
    outcome = outcome if outcome in {str(one) for one in TEAMS} else ""
    asked = request.page()
    found, names = await judged_appeals(
        request.ctx,
        viewer_id=request.my_account_id,
        search=AppealSearch(
            is_open=shown != "closed",
            assigned_account_id=request.my_account_id if shown == "mine" else None,
            waits_for="team" if shown == "team" else None,
            kind=kind or None,
            outcome=outcome or None,
        ),
        page=asked,
    )
    size = asked.limit - 1
    has_more = len(found) > size
    lines = found[-size:] if asked.upwards else found[:size]
    return page(
        request,
        "desk/appeals.html",
        appeals=lines,
        names=names,
        shown=shown,
        tabs=SHOWN,
        kind=kind,
        kinds=[("", "Any decision"), *((str(one), WORDS[one]) for one in sorted(APPEALABLE))],
        outcome=outcome,
        outcomes=[("", "Any outcome"), *((str(one), OUTCOME_WORDS[one]) for one in TEAMS)],
        state_words=STATE_WORDS,
        outcome_words=OUTCOME_WORDS,
        older=lines[-1].id if lines and (has_more or asked.upwards) else None,
        newer=lines[0].id if lines and "max_id" in request.params else None,
    )
