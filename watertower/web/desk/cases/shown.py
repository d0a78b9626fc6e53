"""/desk/cases/:id: one case on one page. Every look is logged, at private evidence once more."""

from collections.abc import Awaitable

from watertower.accounts.model import Permission
from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.case_file import case_file_for
from watertower.moderation.access.templates import templates_for
from watertower.moderation.actions.cases.look import look
from watertower.moderation.actions.evidence.look import evidence_of_case
from watertower.moderation.model.cases import SCOPES, SEVERITIES
from watertower.moderation.model.concepts import CONCEPTS, MUTUAL_AID_QUESTIONS
from watertower.moderation.model.evidence import Evidence
from watertower.web.desk.cases import words
from watertower.web.pages import page
from watertower.web.request import WebRequest

NOTES = {
    "rated": "The rating is kept. The queue is in its new order.",
    "taken": "It is yours.",
    "assigned": "Handed over.",
    "given": "Given back to everybody.",
    "asked": "Asked. The clock waits for the answer, seven days at most.",
    "analysed": "The analysis is kept.",
    "said": "Said.",
    "proposed": "Proposed. Another moderator has to agree before anything happens.",
    "done": "Done, and written into the log.",
    "emergency": "Done. Somebody else has to review it within 24 hours.",
    "agreed": "Your answer is kept.",
    "closed": "Closed. The reporters see that it is; they do not see what was decided.",
    "reopened": "Open again.",
    "merged": "Put together.",
    "split": "The report has a case of its own now. This is it.",
    "kept": "Kept.",
    "forwarded": "Told. The reporter is not named.",
    "held": "The evidence is held.",
}

TYPED = ("situation", "would_do", "would_not_do", "why", "kind", "reason", "message")


async def get_case(request: WebRequest) -> Response:
    """The case."""
    await look(request.ctx, actor_id=request.my_account_id, case_id=request.path_id())
    return await case_page(request, request.path_id())


async def case_page(request: WebRequest, case_id: int, *, wrong: str = "") -> Response:
    """The page, with what went wrong if something did."""
    me = request.my_account_id
    file = await case_file_for(request.ctx, viewer_id=me, case_id=case_id)
    is_shown = request.text("evidence", 10) == "shown"
    evidence = await evidence_of_case(request.ctx, actor_id=me, case_id=case_id, is_shown=is_shown)
    return page(
        request,
        "desk/cases_case.html",
        status=422 if wrong else 200,
        file=file,
        case=file.case,
        evidence=evidence,
        is_shown=is_shown,
        texts={one.id: one.content for one in evidence},
        file_links=_file_links,
        templates=await templates_for(request.ctx, language=file.case.language or "en"),
        w=words,
        scopes=SCOPES,
        severities=SEVERITIES,
        concepts=CONCEPTS,
        questions=MUTUAL_AID_QUESTIONS,
        may_decide=request.me.may(Permission.DECIDE_CASES),
        may_analyse=request.me.may(Permission.ANALYSE_CASES),
        me=me,
        note=NOTES.get(request.text("note", 20)),
        wrong=wrong,
        typed={name: request.text(name) if wrong else "" for name in TYPED},
    )


def _file_links(one: Evidence) -> list[dict[str, object]]:
    """The files of a piece of evidence, as the page offers them."""
    return [
        {
            "url": f"/desk/evidence/{one.id}/files/{number}",
            "bytes": file.bytes,
            "word": _FILE_WORDS.get(file.content_type.partition("/")[0], "the file"),
            "shows": file.content_type.partition("/")[0],
        }
        for number, file in enumerate(one.files)
    ]


_FILE_WORDS = {"image": "the picture", "video": "the video", "audio": "the sound"}


async def after(request: WebRequest, doing: Awaitable[object], note: str) -> Response:
    """Do it and show the case again; a refusal is shown above it, with what was typed."""
    case_id = request.path_id()
    try:
        await doing
    except NotFound:
        raise
    except Refused as refused:
        return await case_page(request, case_id, wrong=f"{refused.says.rstrip('.')}.")
    return redirect(f"/desk/cases/{case_id}?note={note}", 303)
