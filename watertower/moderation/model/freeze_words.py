"""What a frozen person is told, in words. No I/O."""

from collections.abc import Sequence
from datetime import datetime

from watertower.moderation.model.freeze import TASK_WORDS, Freeze, NewTask, State, Task, TaskKind
from watertower.moderation.model.standing_words import day_and_time

MAY = (
    "Others notice nothing. You can sign in with every app, read, delete your own posts, change "
    "your profile, export your data, answer and appeal."
)


def told_at_freezing(
    *,
    message: str,
    rules: Sequence[str],
    post_urls: Sequence[str],
    tasks: Sequence[NewTask],
    respond_by: datetime,
    complete_by: datetime,
    page_url: str,
    appeal_url: str,
) -> str:
    """The whole of it: what happened, why, what is asked, by when, and where to answer."""
    parts = ["The moderators froze your account.", message.strip()]
    if rules:
        parts.append("It is about these rules of the community: " + " · ".join(rules))
    if post_urls:
        parts.append("It is about these posts:\n" + "\n".join(post_urls))
    if tasks:
        asked = [f"{place}. {task_in_words(task)}" for place, task in enumerate(tasks, start=1)]
        parts.append("This is asked of you:\n" + "\n".join(asked))
    clocks = (
        f"Please answer by {day_and_time(respond_by)}, and have everything done by "
        f"{day_and_time(complete_by)}. If that is too soon, ask for more time. Nothing of yours is "
        "deleted when a deadline passes."
    )
    parts += [
        clocks,
        f"Answer, and see how far you are: {page_url}",
        f"If you think this is a mistake, say so there, or appeal: {appeal_url}",
        MAY,
    ]
    return "\n\n".join(parts)


def task_in_words(task: NewTask | Task) -> str:
    """A task in one line."""
    words = TASK_WORDS[task.kind]
    if task.kind is TaskKind.READ and task.minutes:
        words += f" (about {task.minutes} minutes)"
    said = " ".join(part for part in (task.text.strip(), task.url) if part)
    return f"{words}: {said}" if said else words


def told_as_reminder(freeze: Freeze, *, page_url: str) -> str:
    """A deadline comes nearer."""
    due = day_and_time(freeze.clock_due_at or freeze.complete_by)
    what = (
        f"Your account is frozen, and the moderators wait for your answer until {due}."
        if freeze.state is State.AWAITING_RESPONSE
        else f"What was asked of you should be done by {due}."
    )
    return (
        f"{what} If you need more time, ask for it. Nothing of yours is deleted when the "
        f"deadline passes.\n\n{page_url}"
    )


def told_when_missed(*, page_url: str) -> str:
    """A deadline is over."""
    return (
        "The time to answer is over. Your account stays frozen, and nothing of yours was deleted. "
        f"A head moderator looks at it now. You can still answer: {page_url}"
    )


def told_of_more_time(freeze: Freeze, *, respond_by: datetime, complete_by: datetime) -> str:
    """The deadlines were moved."""
    if freeze.state is State.AWAITING_RESPONSE:
        return (
            f"You have more time: until {day_and_time(respond_by)} to answer, and until "
            f"{day_and_time(complete_by)} to have everything done."
        )
    return f"You have more time: until {day_and_time(complete_by)}."


def told_when_restored(agreed: str) -> str:
    """The end, as it should be."""
    return (
        "Thank you. Your account is restored: you can do everything again.\n\n"
        f"What was agreed: {agreed.strip()}\n\n"
        "Posts that you had scheduled for the days in between are published at their hour of the "
        "day, from tomorrow on, unless you remove them before."
    )


def told_when_withdrawn(text: str) -> str:
    """The freeze was a mistake, or is no longer wanted."""
    said = text.strip() or "We are sorry for the trouble."
    return f"Your account is no longer frozen: the moderators took it back. {said}"


NO_LONGER_FROZEN = (
    "Your account is no longer frozen: it is limited instead. Who follows you notices nothing."
)


def told_when_kept(message: str) -> str:
    """A lead decided that it stays as it is."""
    said = (
        "A head moderator looked at it: your account stays frozen for now, without a deadline. "
        "You can still answer and do what was asked, whenever you are ready."
    )
    return f"{said}\n\n{message.strip()}" if message.strip() else said
