"""What an app asks for, in words that a member can decide by."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ScopeWords:
    """One line of the consent page; `is_grave` for what can do harm to others."""

    says: str
    is_grave: bool = False


WHOLE = {
    "read": "See everything you see here: your timelines, messages, lists and settings",
    "profile": "See your name, picture and profile",
    "write": "Act for you: post, delete, follow, and change your profile and settings",
    "follow": "See and change whom you follow, mute and block",
    "push": "Send you notifications",
    "admin:read": "See everything that your role lets you see, private reports included",
    "admin:write": "Do everything that your role allows",
}
THINGS = {
    "accounts": "your profile and account",
    "blocks": "whom you block",
    "bookmarks": "your bookmarks",
    "collections": "your collections",
    "conversations": "your conversations",
    "favourites": "your favourites",
    "filters": "your filters",
    "follows": "whom you follow",
    "lists": "your lists",
    "media": "your media",
    "mutes": "whom you mute",
    "notifications": "your notifications",
    "reports": "reports to the moderators",
    "search": "search for you",
    "statuses": "your posts",
}
PARTS = {
    "read:search": "Search for you",
    "read:statuses": "See your timelines and posts, messages included",
    "write:statuses": "Post and delete for you",
    "write:media": "Upload pictures, sound and video for you",
    "write:reports": "Report people to the moderators for you",
    "write:follows": "Follow and unfollow people for you",
}


def words_of(scopes: Sequence[str]) -> list[ScopeWords]:
    """A line for each scope; those that a wider one includes are left out."""
    wide = set(scopes)
    shown = [s for s in scopes if ":" not in s or s.rpartition(":")[0] not in wide]
    return [_words(scope) for scope in shown]


def _words(scope: str) -> ScopeWords:
    grave = scope.startswith("admin:")
    if scope in WHOLE:
        return ScopeWords(WHOLE[scope], grave)
    if scope in PARTS:
        return ScopeWords(PARTS[scope])
    kind, _, thing = scope.rpartition(":")
    if grave:
        verb = "Change" if kind == "admin:write" else "See"
        return ScopeWords(f"{verb} as a moderator: {thing.replace('_', ' ')}", is_grave=True)
    verb = "Change" if kind == "write" else "See"
    return ScopeWords(f"{verb} {THINGS.get(thing, thing)}")
