"""What a member is told about a decision: the same words in the product, in a mail, in a thread."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from watertower.moderation.model.standing import KEPT_WHOLE, Action, Kind

HAPPENED = {
    Kind.NONE: "The moderators looked at something that concerns you and did nothing.",
    Kind.WARNING: "The moderators ask you for something. This is a message and nothing else: "
    "it is not counted, and nothing about your account has changed.",
    Kind.MARK_STATUSES_SENSITIVE: "The moderators covered the media of some of your posts.",
    Kind.REMOVE_STATUSES: "The moderators removed some of your posts.",
    Kind.SENSITIZE: "The moderators decided that the media you post are always covered.",
    Kind.LIMIT: "The moderators limited your account: who follows you notices nothing, "
    "to others you are behind a notice.",
    Kind.FREEZE: "The moderators froze your account: you can read, answer, and put things right. "
    "Others notice nothing.",
    Kind.SUSPEND: "The moderators suspended your account: nobody sees your profile and posts.",
}
SUBJECTS = {
    Kind.NONE: "A message from the moderators of {domain}",
    Kind.WARNING: "A message from the moderators of {domain}",
    Kind.MARK_STATUSES_SENSITIVE: "Some of your posts at {domain} were covered",
    Kind.REMOVE_STATUSES: "Some of your posts at {domain} were removed",
    Kind.SENSITIZE: "Your media at {domain} are covered from now on",
    Kind.LIMIT: "Your account at {domain} was limited",
    Kind.FREEZE: "Your account at {domain} was frozen",
    Kind.SUSPEND: "Your account at {domain} was suspended",
}
LIFTED = {
    Kind.MARK_STATUSES_SENSITIVE: "Your posts are no longer covered by the moderators.",
    Kind.REMOVE_STATUSES: "Your posts that had been removed are there again.",
    Kind.SENSITIZE: "Your media are no longer covered by the moderators.",
    Kind.LIMIT: "Your account is no longer limited.",
    Kind.FREEZE: "Your account is no longer frozen.",
    Kind.SUSPEND: "Your account is no longer suspended. Posts, follows and settings are as they "
    "were; please sign in again.",
}


def purged_at(action: Action) -> datetime | None:
    """When the data of a suspended account are deleted for good; None while it may come back."""
    if action.kind is not Kind.SUSPEND or action.undone_at or action.ends_at:
        return None
    return action.created_at + KEPT_WHOLE


def paragraphs_of(action: Action, *, rules: Sequence[str]) -> list[str]:
    """The decision in sentences: what, why, by which rules, until when."""
    told = [HAPPENED[action.kind]]
    if action.message:
        told.append(action.message)
    if rules:
        told.append("It is about these rules of the community: " + " · ".join(rules))
    if action.ends_at is not None:
        told.append(f"It ends by itself on {day_and_time(action.ends_at)}.")
    gone_at = purged_at(action)
    if gone_at is not None:
        told.append(
            f"Until {day_and_time(gone_at)} everything of yours is kept whole and can be restored; "
            "after that it is deleted for good. While an appeal runs nothing is deleted."
        )
    return told


def link_label(kind: Kind) -> str:
    """The word on the link: a warning cannot be appealed, but one can ask about it."""
    return "Ask the team" if kind in {Kind.WARNING, Kind.NONE} else "Answer or appeal"


def day_and_time(moment: datetime) -> str:
    """A moment as people read it, in UTC, to the minute that is not before it."""
    rounded = moment + timedelta(seconds=59)
    return rounded.strftime("%-d %B %Y, %H:%M UTC")
