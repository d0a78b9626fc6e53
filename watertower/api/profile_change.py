"""Reads a change of the member's profile out of a request, whichever endpoint it came to."""

from typing import Any

from watertower.accounts.actions.update_profile import Kind, Pictures
from watertower.accounts.domains import domain_name
from watertower.accounts.profile import ProfileChange, clean_fields
from watertower.api.request import ApiRequest, invalid
from watertower.base.text.clean import clean_line
from watertower.base.text.languages import language_of


def change_of(request: ApiRequest) -> ProfileChange:
    """What is to be different; 422 for values of the wrong kind."""
    name = request.text("display_name")
    return ProfileChange(
        display_name=None if name is None else clean_line(name, 10_000),
        note=request.text("note"),
        fields=_fields(request) if _has(request, "fields_attributes") else None,
        is_locked=request.flag("locked"),
        is_bot=request.flag("bot"),
        is_discoverable=request.flag("discoverable"),
        is_indexable=request.flag("indexable"),
        hides_collections=request.flag("hide_collections"),
        shows_media=request.flag("show_media"),
        shows_media_replies=request.flag("show_media_replies"),
        shows_featured=request.flag("show_featured"),
        attribution_domains=_domains(request) if _has(request, "attribution_domains") else None,
        avatar_description=request.text("avatar_description"),
        header_description=request.text("header_description"),
        preferences=_preferences(request.group("source")),
    )


def pictures_of(request: ApiRequest) -> Pictures:
    """Pictures that came with the request; JSON's null takes one away."""
    removed: set[Kind] = set()
    for kind in ("avatar", "header"):
        if kind in request.params and request.params[kind] is None:
            removed.add("avatar" if kind == "avatar" else "header")
    return Pictures(request.upload("avatar"), request.upload("header"), frozenset(removed))


def _has(request: ApiRequest, name: str) -> bool:
    return request.params.get(name) is not None


def _fields(request: ApiRequest) -> list[tuple[str, str]]:
    """From a list of {name, value}, or a hash of them by any key."""
    pairs = []
    for item in request.list_of("fields_attributes"):
        if item == "":
            continue
        if not isinstance(item, dict):
            raise invalid("fields_attributes", "must be a list of names and values")
        pairs.append((_word(item.get("name")), _word(item.get("value"))))
    return clean_fields(pairs)


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise invalid("fields_attributes", "must be a list of names and values")
    return str(value)


def _domains(request: ApiRequest) -> list[str]:
    found: dict[str, None] = {}
    for text in request.texts("attribution_domains"):
        if text.strip():
            name = domain_name(text)
            if name is None:
                raise invalid("attribution_domains", "is not a list of valid domain names")
            found[name] = None
    return list(found)


def _preferences(source: ApiRequest) -> dict[str, Any]:
    """`source[…]`: how new posts begin."""
    chosen: dict[str, Any] = {
        "default_privacy": source.one_of("privacy", ("public", "unlisted", "private")),
        "default_sensitive": source.flag("sensitive"),
        "default_quote_policy": source.one_of("quote_policy", ("public", "followers", "nobody")),
    }
    chosen = {name: value for name, value in chosen.items() if value is not None}
    if "language" in source.params:
        typed = source.text("language", limit=64)
        language = language_of(typed)
        if typed and language is None:
            raise invalid("language", "is not a language we know", "ERR_INCLUSION")
        chosen["default_language"] = language
    return chosen
