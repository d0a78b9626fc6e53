"""Tasks as they are typed into a form: what is left empty is not asked."""

from typing import Any

from watertower.base.errors import Invalid
from watertower.moderation.model.freeze import NewTask, TaskKind
from watertower.web.request import WebRequest, id_of

READINGS = 2  # fields for things to read
MINUTES = (("", "Unsaid"), ("5", "5 minutes"), ("10", "10 minutes"), ("15", "15 minutes"))
FIELDS = (
    "profile",
    "conversation",
    "agree",
    "delete_urls",
    *(f"read_{part}_{n}" for n in range(READINGS) for part in ("text", "url", "minutes")),
)


def ids_ticked(request: WebRequest, prefix: str) -> list[int]:
    """Ticked boxes are named with the id, so that forms need no lists."""
    found = [
        id_of(name.removeprefix(prefix))
        for name in request.params
        if isinstance(name, str) and name.startswith(prefix)
    ]
    return [one for one in found if one is not None]


def tasks_typed(request: WebRequest) -> list[NewTask]:
    """The tasks in the order of the form. Raises Invalid for a post that cannot be one."""
    found = [
        NewTask(TaskKind.DELETE_STATUS, status_id=one)
        for one in dict.fromkeys([*ids_ticked(request, "delete_"), *_ids_in_urls(request)])
    ]
    profile = request.text("profile", 3000).strip()
    if profile:
        found.append(NewTask(TaskKind.CHANGE_PROFILE, profile))
    for n in range(READINGS):
        text = request.text(f"read_text_{n}", 3000).strip()
        url = request.line(f"read_url_{n}", 3000)
        if text or url:
            minutes = id_of(request.line(f"read_minutes_{n}", 3))
            found.append(NewTask(TaskKind.READ, text, url=url, minutes=minutes))
    conversation = request.text("conversation", 3000).strip()
    if conversation:
        found.append(NewTask(TaskKind.LEAVE_CONVERSATION, conversation))
    statement = request.text("agree", 3000).strip()
    if statement:
        found.append(NewTask(TaskKind.AGREE, statement))
    return found


def typed_again(request: WebRequest) -> dict[str, Any]:
    """What was typed, for the form that is shown once more."""
    return {name: request.text(name, 6000) for name in FIELDS}


def _ids_in_urls(request: WebRequest) -> list[int]:
    """Addresses of posts, one a line: what our pages and apps end with is the id."""
    found = []
    for word in request.text("delete_urls", 6000).split():
        status_id = id_of(word.rstrip("/").rsplit("/", 1)[-1])
        if status_id is None:
            raise Invalid(f"{word[:200]} is not the address of a post here")
        found.append(status_id)
    return found
