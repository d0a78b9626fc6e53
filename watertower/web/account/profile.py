"""/settings/profile: what everybody sees of a member, and who may find it."""

from typing import Any

from watertower.accounts.access.accounts import account_for
from watertower.accounts.access.people import preferences_of
from watertower.accounts.actions.update_profile import Kind, Pictures, update_profile
from watertower.accounts.profile import (
    LONGEST_DISPLAY_NAME,
    LONGEST_FIELD,
    LONGEST_NOTE,
    LONGEST_PICTURE_DESCRIPTION,
    MOST_FIELDS,
    ProfileChange,
    clean_fields,
)
from watertower.base.errors import Invalid
from watertower.base.params import Upload
from watertower.base.text.clean import clean_line
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.problems import problems_of
from watertower.web.request import WebRequest
from watertower.web.views.account import account_view

LIMITS = {
    "display_name": LONGEST_DISPLAY_NAME,
    "note": LONGEST_NOTE,
    "fields": MOST_FIELDS,
    "field": LONGEST_FIELD,
    "description": LONGEST_PICTURE_DESCRIPTION,
}
BOXES = (
    "is_locked",
    "is_bot",
    "is_discoverable",
    "is_indexable",
    "hides_collections",
    "is_noindex",
)


async def get_profile_settings(request: WebRequest) -> Response:
    """The form, as things are."""
    account = await account_for(request.ctx, account_id=request.my_account_id)
    preferences = await preferences_of(request.ctx, account_id=account.id)
    values = {
        "display_name": account.display_name,
        "note": account.note,
        "fields": [(f["name"], f["value"]) for f in account.fields if not f.get("mark")],
        "avatar_description": account.avatar_description,
        "header_description": account.header_description,
        "is_noindex": preferences.is_noindex,
        **{name: bool(getattr(account, name)) for name in BOXES if name != "is_noindex"},
    }
    return await _page(request, values)


async def post_profile_settings(request: WebRequest) -> Response:
    """Change the profile. What was typed stays in the form when something is wrong with it."""
    values: dict[str, Any] = {
        "display_name": clean_line(request.text("display_name"), 10_000),
        "note": request.text("note").replace("\r\n", "\n"),
        "fields": _typed_fields(request),
        "avatar_description": request.text("avatar_description"),
        "header_description": request.text("header_description"),
        **{name: request.is_on(name) for name in BOXES},
    }
    change = {name: value for name, value in values.items() if name != "is_noindex"}
    removed: set[Kind] = set()
    if request.is_on("removes_avatar"):
        removed.add("avatar")
    if request.is_on("removes_header"):
        removed.add("header")
    try:
        await update_profile(
            request.ctx,
            account_id=request.my_account_id,
            change=ProfileChange(
                **(change | {"fields": clean_fields(values["fields"])}),
                preferences={"is_noindex": values["is_noindex"]},
            ),
            pictures=Pictures(
                _picture(request, "avatar"), _picture(request, "header"), frozenset(removed)
            ),
        )
    except Invalid as refused:
        return await _page(request, values, problems_of(refused) or {"": refused.says})
    return redirect("/settings/profile?note=saved", 303)


def _picture(request: WebRequest, name: str) -> Upload | None:
    """A chosen file; browsers send an empty one where none was chosen."""
    found = request.params.get(name)
    return found if isinstance(found, Upload) and found.size else None


def _typed_fields(request: WebRequest) -> list[tuple[str, str]]:
    return [
        (request.text(f"field_name_{n}", 1000), request.text(f"field_value_{n}", 1000))
        for n in range(MOST_FIELDS)
    ]


async def _page(
    request: WebRequest, values: dict[str, Any], problems: dict[str, str] | None = None
) -> Response:
    account = await account_for(request.ctx, account_id=request.my_account_id)
    return page(
        request,
        "settings_profile.html",
        status=422 if problems else 200,
        me=account_view(request.ctx, account),
        has_avatar=account.avatar_key is not None,
        has_header=account.header_key is not None,
        values=values,
        problems=problems or {},
        limits=LIMITS,
        is_saved=request.text("note") == "saved",
    )
