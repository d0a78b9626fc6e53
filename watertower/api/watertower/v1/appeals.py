"""/api/watertower/v1/appeals: appeals, for those of the team who handle them."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, id_of, invalid
from watertower.api.shapes.appeal import judged_line, judged_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.appeals import judged_appeal, judged_appeals
from watertower.moderation.actions.appeals.assign import assign_appeal
from watertower.moderation.actions.appeals.decide import decide_appeal, drop_proposal, second
from watertower.moderation.actions.appeals.say import note, write
from watertower.moderation.model.appeals import (
    APPEALABLE,
    LONGEST_TEXT,
    TEAMS,
    AppealSearch,
    Outcome,
    Verdict,
)
from watertower.moderation.model.freeze import NewTask, TaskKind
from watertower.moderation.model.standing import Kind

WAITING = ("team", "person")
MOST_TASKS = 50


async def get_appeals(request: ApiRequest) -> Response:
    """Appeals, newest first: `closed`, `assigned_to_me`, `waits_for`, `kind`, `outcome`."""
    page = request.page()
    found, names = await judged_appeals(
        request.ctx,
        viewer_id=request.my_account_id,
        search=AppealSearch(
            is_open=not request.is_on("closed"),
            assigned_account_id=request.my_account_id if request.is_on("assigned_to_me") else None,
            waits_for=request.one_of("waits_for", WAITING),
            kind=request.one_of("kind", sorted(APPEALABLE)),
            outcome=request.one_of("outcome", TEAMS),
            account_id=request.id("account_id"),
        ),
        page=page,
    )
    return json_response(
        [judged_line(one, names) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def get_appeal(request: ApiRequest) -> Response:
    """One appeal with its conversation and the team's notes. The look is logged."""
    return await _answer(request)


async def post_message(request: ApiRequest) -> Response:
    """Write to the person: `text`."""
    await write(
        request.ctx,
        actor_id=request.my_account_id,
        appeal_id=request.path_id(),
        text=request.required_text("text", limit=LONGEST_TEXT),
        uploads=request.uploads,
        came_by="api",
        once_key=request.headers.get("idempotency-key", "")[:100] or None,
    )
    return await _answer(request)


async def post_note(request: ApiRequest) -> Response:
    """Write to the team: `text`."""
    await note(
        request.ctx,
        actor_id=request.my_account_id,
        appeal_id=request.path_id(),
        text=request.required_text("text", limit=LONGEST_TEXT),
    )
    return await _answer(request)


async def post_assign(request: ApiRequest) -> Response:
    """Take it, or hand it over to `account_id`."""
    await assign_appeal(
        request.ctx,
        actor_id=request.my_account_id,
        appeal_id=request.path_id(),
        to_id=request.id("account_id") or request.my_account_id,
    )
    return await _answer(request)


async def post_decide(request: ApiRequest) -> Response:
    """Decide: `outcome`, `message`; of changed `kind`, `ends_at`; of returned `tasks[]`.

    Changing a suspension waits for a second moderator where there is one: `needs_second`.
    """
    outcome = request.one_of("outcome", TEAMS)
    if outcome is None:
        raise invalid("outcome", "can't be blank", "ERR_BLANK")
    kind = request.one_of("kind", tuple(Kind))
    await decide_appeal(
        request.ctx,
        actor_id=request.my_account_id,
        appeal_id=request.path_id(),
        verdict=Verdict(
            Outcome(outcome),
            request.required_text("message", limit=LONGEST_TEXT),
            Kind(kind) if kind else None,
            request.moment("ends_at"),
            _tasks(request),
        ),
    )
    return await _answer(request)


async def post_second(request: ApiRequest) -> Response:
    """Agree to what a colleague proposed."""
    await second(request.ctx, actor_id=request.my_account_id, appeal_id=request.path_id())
    return await _answer(request)


async def post_drop(request: ApiRequest) -> Response:
    """Do not agree: `text` says why."""
    await drop_proposal(
        request.ctx,
        actor_id=request.my_account_id,
        appeal_id=request.path_id(),
        reason=request.required_text("text", limit=LONGEST_TEXT),
    )
    return await _answer(request)


def _tasks(request: ApiRequest) -> list[NewTask]:
    found = []
    for one in request.list_of("tasks", most=MOST_TASKS):
        if not isinstance(one, dict) or one.get("kind") not in set(TaskKind):
            raise invalid("tasks", "must be objects with a kind")
        found.append(
            NewTask(
                TaskKind(one["kind"]),
                text=str(one.get("text") or ""),
                status_id=id_of(one.get("status_id")),
                url=str(one.get("url") or ""),
                minutes=id_of(one.get("minutes")),
            )
        )
    return found


async def _answer(request: ApiRequest) -> Response:
    return json_response(
        judged_shape(
            await judged_appeal(
                request.ctx, viewer_id=request.my_account_id, appeal_id=request.path_id()
            )
        )
    )
