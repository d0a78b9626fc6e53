"""/settings/preferences: how posts begin, and how a member reads."""

from watertower.accounts.access.languages import chosen_languages_of
from watertower.accounts.access.people import preferences_of
from watertower.accounts.actions.choose_languages import choose_languages
from watertower.accounts.actions.update_profile import update_profile
from watertower.accounts.profile import ProfileChange
from watertower.base.errors import Invalid
from watertower.base.text.languages import LANGUAGES
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest

CHOICES = {
    "default_privacy": (
        ("public", "Everybody"),
        ("unlisted", "Everybody, quietly"),
        ("private", "Followers"),
    ),
    "default_quote_policy": (
        ("public", "Everybody"),
        ("followers", "Followers"),
        ("nobody", "Nobody but me"),
    ),
    "expand_media": (
        ("default", "Cover what is marked as sensitive"),
        ("show_all", "Show everything"),
        ("hide_all", "Cover everything"),
    ),
}
BOXES = ("default_sensitive", "expand_spoilers", "autoplay_gifs", "shows_application")


async def get_preferences(request: WebRequest) -> Response:
    """The form, as things are."""
    return await _page(request)


async def post_preferences(request: WebRequest) -> Response:
    """Change them. What is not on offer is refused as a whole."""
    chosen: dict[str, object] = {name: request.is_on(name) for name in BOXES}
    for name, choices in CHOICES.items():
        value = request.text(name)
        if value not in {key for key, _ in choices}:
            return await _page(request, "Please choose one of what is on offer.")
        chosen[name] = value
    language = request.text("default_language", 64)
    chosen["default_language"] = language if language in LANGUAGES else None
    try:
        await choose_languages(
            request.ctx, account_id=request.my_account_id, languages=_languages(request)
        )
    except Invalid as refused:
        return await _page(request, refused.says)
    await update_profile(
        request.ctx, account_id=request.my_account_id, change=ProfileChange(preferences=chosen)
    )
    return redirect("/settings/preferences?note=saved", 303)


def _languages(request: WebRequest) -> list[str]:
    """A multiple choice: `languages[]` comes as a list, or as one word."""
    found = request.params.get("languages", [])
    return [
        word for word in (found if isinstance(found, list) else [found]) if isinstance(word, str)
    ]


async def _page(request: WebRequest, wrong: str = "") -> Response:
    preferences = await preferences_of(request.ctx, account_id=request.my_account_id)
    chosen_languages = await chosen_languages_of(request.ctx, account_id=request.my_account_id)
    return page(
        request,
        "settings_preferences.html",
        status=422 if wrong else 200,
        preferences=preferences,
        choices=CHOICES,
        languages=sorted(LANGUAGES.items(), key=lambda pair: pair[1]),
        chosen_languages=chosen_languages,
        wrong=wrong,
        is_saved=request.text("note") == "saved",
    )
