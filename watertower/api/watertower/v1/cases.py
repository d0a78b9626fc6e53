"""/api/watertower/v1/cases: the queue, a case, and what is done with it, for moderators' programs."""

from datetime import timedelta

from watertower.accounts.model import Permission
from watertower.api.request import ApiRequest
from watertower.api.shapes.case import case_line, case_shape, evidence_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.case_file import case_file_for
from watertower.moderation.access.cases import cases_for
from watertower.moderation.actions.cases import annotate
from watertower.moderation.actions.cases.agree import answer_proposal, withdraw_proposal
from watertower.moderation.actions.cases.analyse import analyse
from watertower.moderation.actions.cases.assign import assign
from watertower.moderation.actions.cases.close import close, reopen
from watertower.moderation.actions.cases.decide import decide
from watertower.moderation.actions.cases.look import look
from watertower.moderation.actions.cases.merge import merge, merge_suggested, split
from watertower.moderation.actions.cases.rate import rate
from watertower.moderation.actions.conversation.write import write
from watertower.moderation.actions.evidence.hold import hold_evidence
from watertower.moderation.actions.evidence.look import evidence_of_case
from watertower.moderation.errors.cases import MayOnlyAnalyse
from watertower.moderation.model.case_decision import CaseDecision
from watertower.moderation.model.case_search import CaseSearch
from watertower.moderation.model.cases import Rating
from watertower.moderation.model.conversation import THREADS

LIMIT = 40
LONG = 10_000


async def get_cases(request: ApiRequest) -> Response:
    """The queue, most urgent first; with `state` (a state, open, closed, any) the search.

    Filters: assigned_to_me, unassigned, overdue, rule_id, tag, outcome, server, reporter_server,
    language, moderator_id, target_account_id, since, until, graphic. `after` is the last id of the
    page before; `next` of the answer leads on.
    """
    me = request.my_account_id
    limit = request.number("limit", LIMIT, least=1, most=100) or LIMIT
    found = await cases_for(
        request.ctx,
        viewer_id=me,
        search=CaseSearch(
            state=request.text("state", limit=20),
            assigned_to=me if request.is_on("assigned_to_me") else None,
            is_unassigned=request.is_on("unassigned"),
            is_overdue=request.is_on("overdue"),
            rule_id=request.id("rule_id"),
            tag=request.text("tag", limit=40),
            outcome=request.text("outcome", limit=40),
            server=request.text("server", limit=255),
            reporter_server=request.text("reporter_server", limit=255),
            language=request.text("language", limit=10),
            moderator_id=request.id("moderator_id"),
            target_account_id=request.id("target_account_id"),
            since=request.moment("since"),
            until=request.moment("until"),
        ),
        after_id=request.id("after"),
        limit=limit,
        wants_graphic=request.flag("graphic"),
    )
    return json_response(
        {
            "cases": [case_line(one) for one in found[:limit]],
            "next": str(found[limit - 1].id) if len(found) > limit else None,
        }
    )


async def get_case(request: ApiRequest) -> Response:
    """One case. The look is logged."""
    await look(request.ctx, actor_id=request.my_account_id, case_id=request.path_id())
    return await _answer(request)


async def get_evidence(request: ApiRequest) -> Response:
    """The evidence of a case; with `shown` also what is not public, one line in the log each."""
    is_shown = request.is_on("shown")
    found = await evidence_of_case(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        is_shown=is_shown,
    )
    return json_response([evidence_shape(one, is_shown=is_shown) for one in found])


async def post_rate(request: ApiRequest) -> Response:
    """`scope` and `severity` 0 to 3, `escalating`, `time_critical`, `harm_done`."""
    rating = Rating(
        scope=request.number("scope", 0, most=3) or 0,
        severity=request.number("severity", 0, most=3) or 0,
        is_escalating=request.is_on("escalating"),
        is_time_critical=request.is_on("time_critical"),
        harm_done=request.text("harm_done", limit=2000) or "",
    )
    await rate(
        request.ctx, actor_id=request.my_account_id, case_id=request.path_id(), rating=rating
    )
    return await _answer(request)


async def post_assign(request: ApiRequest) -> Response:
    """Take the case; `account_id` hands it over, `nobody` gives it back."""
    to_id = None if request.is_on("nobody") else request.id("account_id") or request.my_account_id
    await assign(
        request.ctx, actor_id=request.my_account_id, case_id=request.path_id(), to_id=to_id
    )
    return await _answer(request)


async def post_analysis(request: ApiRequest) -> Response:
    """`situation`, `would_do`, `would_not_do`, `why`; `second_opinion` begins the discussion."""
    await analyse(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        situation=request.required_text("situation", limit=LONG),
        would_do=request.required_text("would_do", limit=LONG),
        would_not_do=request.required_text("would_not_do", limit=LONG),
        why=request.required_text("why", limit=LONG),
        wants_second_opinion=request.is_on("second_opinion"),
    )
    return await _answer(request)


async def post_decide(request: ApiRequest) -> Response:
    """`kind`, `reason`, `message`, `rule_ids`, `status_ids`, `ends_in` (seconds), `close`, `advice`.

    `emergency` acts at once and has to be reviewed; `further` comes on top of what was decided.
    """
    seconds = request.number("ends_in", least=60, most=315_360_000)
    decision = CaseDecision(
        kind=request.required_text("kind", limit=40),
        reason=request.required_text("reason", limit=5000),
        message=request.text("message", limit=5000) or "",
        rule_ids=request.ids("rule_ids"),
        status_ids=request.ids("status_ids"),
        ends_at=request.ctx.now() + timedelta(seconds=seconds) if seconds else None,
        closes=bool(request.flag("close", True)),
        advice=request.text("advice", limit=2000) or "",
    )
    await decide(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        decision=decision,
        is_emergency=request.is_on("emergency"),
        is_further=request.is_on("further"),
    )
    return await _answer(request)


async def post_answer(request: ApiRequest) -> Response:
    """Answer a proposal: `agrees`, `words`; or `withdraw` one's own."""
    proposal_id = request.path_id("proposal")
    if request.is_on("withdraw"):
        await withdraw_proposal(
            request.ctx, actor_id=request.my_account_id, proposal_id=proposal_id
        )
    else:
        await answer_proposal(
            request.ctx,
            actor_id=request.my_account_id,
            proposal_id=proposal_id,
            agrees=request.is_on("agrees"),
            words=request.text("words", limit=5000) or "",
        )
    return await _answer(request)


async def post_merge(request: ApiRequest) -> Response:
    """Put `case_ids` into this case, or with `suggested` all that look like it."""
    me, case_id = request.my_account_id, request.path_id()
    if request.is_on("suggested"):
        await merge_suggested(request.ctx, actor_id=me, case_id=case_id)
    else:
        await merge(
            request.ctx, actor_id=me, into_id=case_id, case_ids=request.ids("case_ids", most=1000)
        )
    return await _answer(request)


async def post_split(request: ApiRequest) -> Response:
    """Give `report_id` a case of its own; the new case."""
    case_id = await split(
        request.ctx, actor_id=request.my_account_id, report_id=request.id("report_id") or 0
    )
    return await _answer(request, case_id)


async def post_tags(request: ApiRequest) -> Response:
    """The case has these `tags` and no others."""
    await annotate.tag_case(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        tags=request.texts("tags", most=50, limit=100),
    )
    return await _answer(request)


async def post_conflict(request: ApiRequest) -> Response:
    """Step aside: the case does not exist for the caller any more."""
    await annotate.declare_conflict(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        reason=request.text("reason", limit=500) or "",
    )
    return json_response({})


async def post_message(request: ApiRequest) -> Response:
    """Say `text` in `thread`, to `account_id` or `address`. Trainees speak to the team only."""
    thread = request.one_of("thread", THREADS, "team") or "team"
    if thread != "team" and not request.me.may(Permission.DECIDE_CASES):
        raise MayOnlyAnalyse
    await write(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        thread=thread,
        text=request.required_text("text", limit=20_000),
        with_account_id=request.id("account_id"),
        with_address=request.text("address", limit=300),
        risk_words=request.text("risk_words", limit=1000) or "",
    )
    return await _answer(request)


async def post_close(request: ApiRequest) -> Response:
    """Close: `reason`, needed where nothing was decided, and `advice` to the reporters."""
    await close(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        reason=request.text("reason", limit=5000) or "",
        advice=request.text("advice", limit=2000) or "",
    )
    return await _answer(request)


async def post_reopen(request: ApiRequest) -> Response:
    """Open again: `because`."""
    await reopen(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        because=request.required_text("because", limit=2000),
    )
    return await _answer(request)


async def post_hold(request: ApiRequest) -> Response:
    """Hold the evidence: `reason`, `until`."""
    await hold_evidence(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        reason=request.text("reason", limit=1000) or "",
        until=request.moment("until") or request.ctx.now(),
    )
    return await _answer(request)


async def _answer(request: ApiRequest, case_id: int | None = None) -> Response:
    file = await case_file_for(
        request.ctx, viewer_id=request.my_account_id, case_id=case_id or request.path_id()
    )
    return json_response(case_shape(file))
