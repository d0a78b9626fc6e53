"""Refusals and faults as pages: what happened, in plain words, and where to go from here."""

from dataclasses import dataclass

from watertower.base.errors import (
    Busy,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    NotSignedIn,
    Refused,
    TooLarge,
    TooMany,
    Unreachable,
)
from watertower.base.web import Response, json_response
from watertower.web.pages import page
from watertower.web.request import WebRequest


@dataclass(frozen=True)
class Trouble:
    """How a kind of refusal is shown."""

    status: int
    title: str
    says: str | None  # None: the refusal's own words
    link: tuple[str, str] | None = None  # where to go from here, and its words


TROUBLES: dict[type[Refused], Trouble] = {
    NotFound: Trouble(404, "Nothing here", "This page does not exist, or it is not public."),
    Gone: Trouble(410, "No longer here", "This was here and was removed."),
    NotSignedIn: Trouble(401, "Please sign in", "This page is for members."),
    Forbidden: Trouble(403, "That is not possible", None),
    Invalid: Trouble(422, "That did not work", None),
    Conflict: Trouble(422, "That did not work", None),
    TooMany: Trouble(429, "One moment, please", None),
    TooLarge: Trouble(413, "Too large", None),
    Unreachable: Trouble(503, "Somebody else does not answer", None),
    Busy: Trouble(503, "Busy right now", "Many people are here. Please try again in a moment."),
}
FAULT = Trouble(
    500, "Something broke on our side", "It was written down, and the people here will look at it."
)
FROZEN = Trouble(
    403,
    "Your account is frozen",
    "You can read, delete your own posts, change your profile, export your data, answer and appeal,"
    " and nothing else until this is settled.",
    link=("/account/frozen", "See what happened, and what is asked of you"),
)
WRONG_METHOD = Trouble(405, "That is not possible", "This page cannot be used in this way.")


def refusal_page(request: WebRequest, refused: Refused) -> Response:
    """The page that says what was refused."""
    kinds = type(refused).__mro__
    trouble = next((TROUBLES[kind] for kind in kinds if kind in TROUBLES), TROUBLES[Invalid])
    response = trouble_page(request, trouble, says=trouble.says or refused.says)
    if isinstance(refused, TooMany):
        response.headers["retry-after"] = str(refused.retry_after_seconds)
    if isinstance(refused, Busy | Unreachable):
        response.headers["retry-after"] = "5"
    return response


def trouble_page(request: WebRequest, trouble: Trouble, *, says: str | None = None) -> Response:
    """A page for a trouble; JSON for programs that ask for it."""
    if request.prefers_json:
        return json_response({"error": says or trouble.says or trouble.title}, trouble.status)
    return page(
        request,
        "trouble.html",
        status=trouble.status,
        title=trouble.title,
        says=says or trouble.says,
        code=trouble.status,
        link=trouble.link,
    )
