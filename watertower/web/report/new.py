"""/reports/new: tell the moderators, in one's own words, and see first who will read what.

The form asks for an explanation every time and takes one word; without any it helps, and takes the
report all the same. Who is told elsewhere is chosen, never assumed. Nothing is sent before the
preview was seen.
"""

import secrets
from collections.abc import Sequence

from watertower.base.errors import Invalid, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.report_form import ReportForm, files_many, report_form
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import (
    CATEGORIES,
    LONGEST_EXPLANATION,
    Complaint,
)
from watertower.web.pages import page
from watertower.web.report.preview import Preview, preview_of
from watertower.web.request import WebRequest, id_of

CATEGORY_WORDS = (
    ("violation", "It breaks rules of this community"),
    ("spam", "It is spam"),
    ("legal", "It is illegal"),
    ("other", "Something else"),
)


async def get_new(request: WebRequest) -> Response:
    """The form, about a post or an account."""
    return await _form(request, await _about(request))


async def post_preview(request: WebRequest) -> Response:
    """What each side will see; nothing is sent yet."""
    form = await _about(request)
    complaint, problems = _read(request, form)
    if not complaint.comment and not request.is_on("is_wordless"):
        problems["comment"] = (
            "Tell us in your own words what happened; one word is enough. If you cannot, tick "
            "“I have no words for it” below. Your report counts either way."
        )
    if problems:
        return await _form(request, form, problems)
    return page(
        request,
        "report_preview.html",
        form=form,
        complaint=complaint,
        preview=_preview(request, form, complaint),
        once_key=request.text("once_key", 40) or secrets.token_urlsafe(16),
        category_words=dict(CATEGORY_WORDS),
        hidden=_hidden(request),
    )


async def post_report(request: WebRequest) -> Response:
    """Send it; or go back to change it. Sending twice files one report."""
    form = await _about(request)
    complaint, problems = _read(request, form)
    if request.text("do", 10) == "change" or problems:
        return await _form(request, form, problems)
    try:
        report_id = await file_report(
            request.ctx,
            reporter_id=request.my_account_id,
            complaint=complaint,
            longest=LONGEST_EXPLANATION,
            once_key=f"{request.my_account_id}:{request.text('once_key', 40)}",
        )
    except Invalid as refused:
        return await _form(request, form, {"comment": f"{refused.says}."})
    except Refused as refused:
        return await _form(request, form, {"": f"{refused.says}."})
    many = await files_many(request.ctx, account_id=request.my_account_id)
    note = "many" if many else "sent"
    return redirect(f"/account/reports/{report_id}?note={note}", 303)


async def _about(request: WebRequest) -> ReportForm:
    return await report_form(
        request.ctx,
        viewer=request.me,
        account_id=id_of(request.params.get("account_id")),
        status_id=id_of(request.params.get("status_id")),
    )


def _read(request: WebRequest, form: ReportForm) -> tuple[Complaint, dict[str, str]]:
    """What was typed, and what is wrong with it."""
    problems = {}
    category = request.text("category", 20)
    if category not in CATEGORIES:
        problems["category"] = "Choose what comes closest."
    forward = request.text("forward", 10)
    account = form.account
    if account is not None and account.domain is not None and forward not in {"yes", "no"}:
        problems["forward"] = f"Choose whether the moderators of {account.domain} are told."
    comment = request.text("comment", LONGEST_EXPLANATION + 1).strip()
    if len(comment) > LONGEST_EXPLANATION:
        problems["comment"] = f"That is more than {LONGEST_EXPLANATION} characters."
    is_graphic = request.is_on("is_graphic")
    offered = {post.id for post in form.posts}
    chosen = [one for one in _ids(request.params.get("status_ids")) if one in offered]
    rules = {rule.id for rule in request.site.rules}
    named = [one for one in _ids(request.params.get("rule_ids")) if one in rules]
    is_told = forward == "yes"
    others = [one for one in _words(request.params.get("forward_domains")) if is_told]
    complaint = Complaint(
        target_account_id=account.id if account else None,
        comment=comment,
        category=category if category in CATEGORIES else "other",
        status_ids=[] if is_graphic else chosen,
        rule_ids=named if category == "violation" else [],
        is_forwarded=is_told,
        is_about_thread=request.is_on("is_about_thread") and not is_graphic,
        language=request.line("language", 10).lower() or None,
        translation=request.text("translation").strip(),
        context=request.text("context").strip(),
        is_graphic=is_graphic,
        forward_domains=[one for one in others if one in form.other_servers],
        forward_reason=request.line("forward_reason"),
    )
    return complaint, problems


def _preview(request: WebRequest, form: ReportForm, complaint: Complaint) -> Preview:
    rules = [rule.text for rule in request.site.rules if rule.id in set(complaint.rule_ids)]
    return preview_of(
        complaint,
        reporter=f"@{request.me.username}",
        own=request.ctx.settings.server.domain,
        account=form.account,
        posts=[post for post in form.posts if post.id in set(complaint.status_ids)],
        rules=rules,
        category=dict(CATEGORY_WORDS)[complaint.category],
    )


async def _form(
    request: WebRequest, form: ReportForm, problems: dict[str, str] | None = None
) -> Response:
    is_first = request.method == "GET"
    typed_posts = {form.status_id} if is_first else set(_ids(request.params.get("status_ids")))
    return page(
        request,
        "report_new.html",
        status=422 if problems else 200,
        form=form,
        problems=problems or {},
        chosen=typed_posts,
        rules=request.site.rules,
        named=set(_ids(request.params.get("rule_ids"))),
        categories=CATEGORY_WORDS,
        servers=set(_words(request.params.get("forward_domains"))),
        typed={name: request.text(name, LONGEST_EXPLANATION) for name in _TEXTS},
        on={name: request.is_on(name) for name in _BOXES},
        is_long_day=await files_many(request.ctx, account_id=request.my_account_id),
    )


_TEXTS = ("comment", "category", "language", "translation", "context", "forward",
          "forward_reason", "once_key")  # fmt: skip
_BOXES = ("is_graphic", "is_about_thread", "is_wordless")
_LISTS = ("status_ids", "rule_ids", "forward_domains")
_ABOUT = ("account_id", "status_id")


def _hidden(request: WebRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent once more with the preview."""
    names = [name for name in (*_TEXTS, *_BOXES, *_ABOUT) if name != "once_key"]
    kept = [(name, request.text(name, LONGEST_EXPLANATION)) for name in names]
    for name in _LISTS:
        kept += [(f"{name}[]", one) for one in _words(request.params.get(name))]
    return [(name, value) for name, value in kept if value]


def _words(given: object) -> Sequence[str]:
    values = given if isinstance(given, list) else [given]
    return [one for one in values if isinstance(one, str) and one][:100]


def _ids(given: object) -> list[int]:
    return [number for one in _words(given) if (number := id_of(one)) is not None]
