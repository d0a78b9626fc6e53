"""/settings/old_posts: old posts that are deleted by themselves, and which of them stay."""

from watertower.base.errors import Invalid
from watertower.base.web import Response, redirect
from watertower.statuses.actions.choose_cleanup import choose_cleanup, cleanup_of
from watertower.statuses.cleanup import AGES_DAYS, CleanupPolicy
from watertower.web.pages import page
from watertower.web.request import WebRequest

AGE_WORDS = {
    7: "1 week",
    14: "2 weeks",
    30: "1 month",
    60: "2 months",
    90: "3 months",
    180: "6 months",
    365: "1 year",
    730: "2 years",
}
BOXES = {
    "keeps_direct": "Private mentions",
    "keeps_pinned": "Posts on top of my profile",
    "keeps_polls": "Polls",
    "keeps_media": "Posts with pictures or other files",
    "keeps_own_favourites": "Posts that I like myself",
    "keeps_own_bookmarks": "Posts that I bookmarked",
}


async def get_old_posts(request: WebRequest) -> Response:
    """The form, as things are."""
    policy = await cleanup_of(request.ctx, account_id=request.my_account_id)
    return _page(request, policy)


async def post_old_posts(request: WebRequest) -> Response:
    """Choose."""
    age = request.text("min_age_days", 10)
    policy = CleanupPolicy(
        is_enabled=request.is_on("is_enabled"),
        min_age_days=int(age) if age.isascii() and age.isdigit() else 0,
        keeps_from_favourites=_count(request, "keeps_from_favourites"),
        keeps_from_boosts=_count(request, "keeps_from_boosts"),
        **{name: request.is_on(name) for name in BOXES},
    )
    try:
        await choose_cleanup(request.ctx, account_id=request.my_account_id, policy=policy)
    except Invalid as refused:
        return _page(request, policy, f"{refused.says}.")
    return redirect("/settings/old_posts?note=saved", 303)


def _count(request: WebRequest, name: str) -> int | None:
    """A number; None if the field is empty, 0 (which is refused) for what is none."""
    text = request.line(name, 12)
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() else 0


def _page(request: WebRequest, policy: CleanupPolicy, wrong: str = "") -> Response:
    return page(
        request,
        "settings_old_posts.html",
        status=422 if wrong else 200,
        policy=policy,
        ages=[(days, AGE_WORDS[days]) for days in AGES_DAYS],
        boxes=[(name, words, getattr(policy, name)) for name, words in BOXES.items()],
        wrong=wrong,
        is_saved=request.text("note") == "saved",
    )
