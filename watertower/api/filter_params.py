"""What apps send about filters, in both versions of the API."""

from datetime import datetime, timedelta

from watertower.api.request import ApiRequest, invalid
from watertower.feeds.model import KeywordChange

CONTEXTS = ("home", "notifications", "public", "thread", "account")
ACTIONS = ("warn", "hide", "blur")
MOST_SECONDS = 100 * 366 * 86_400


def contexts_of(request: ApiRequest, *, is_required: bool) -> list[str] | None:
    """The contexts asked for; None if absent and not required."""
    if "context" not in request.params and not is_required:
        return None
    contexts = list(dict.fromkeys(request.texts("context")))
    if not contexts:
        raise invalid("context", "can't be blank", "ERR_BLANK")
    if set(contexts) - set(CONTEXTS):
        raise invalid("context", "None or invalid context supplied", "ERR_INCLUSION")
    return contexts


def expiry_of(request: ApiRequest) -> datetime | None:
    """When the filter ends, from `expires_in` in seconds; None: never."""
    seconds = request.number("expires_in", most=MOST_SECONDS)
    return None if seconds is None else request.ctx.now() + timedelta(seconds=seconds)


def keywords_of(request: ApiRequest) -> list[KeywordChange]:
    """Changes of keywords: a list, or a dict by place as forms send it."""
    changes = []
    for item in request.list_of("keywords_attributes"):
        if not isinstance(item, dict):
            raise invalid("keywords_attributes", "must be a list of objects")
        one = ApiRequest(
            request.ctx, request.viewer, request.method, request.path, item, {}, {}, request.ip
        )
        changes.append(
            KeywordChange(
                keyword=keyword_of(one) if "keyword" in item else None,
                is_whole_word=one.flag("whole_word"),
                id=one.id("id"),
                is_removed=one.is_on("_destroy"),
            )
        )
    return changes


def keyword_of(request: ApiRequest, name: str = "keyword") -> str:
    """A keyword that is not blank."""
    return request.required_text(name, limit=512).strip()
