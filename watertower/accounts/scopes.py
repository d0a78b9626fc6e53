"""Every OAuth scope, as Mastodon names them, and how scopes include one another."""

from collections.abc import Iterable, Sequence

READ = (
    "accounts", "blocks", "bookmarks", "collections", "favourites", "filters", "follows", "lists",
    "mutes", "notifications", "search", "statuses",
)  # fmt: skip
WRITE = (
    "accounts", "blocks", "bookmarks", "collections", "conversations", "favourites", "filters",
    "follows", "lists", "media", "mutes", "notifications", "reports", "statuses",
)  # fmt: skip
ADMIN = (
    "accounts", "canonical_email_blocks", "domain_allows", "domain_blocks", "email_domain_blocks",
    "ip_blocks", "reports",
)  # fmt: skip

DEFAULT_SCOPES = ("read",)
SCOPES: tuple[str, ...] = (
    "read",
    "profile",
    "write",
    *(f"write:{name}" for name in WRITE),
    *(f"read:{name}" for name in READ),
    "follow",
    "push",
    "admin:read",
    *(f"admin:read:{name}" for name in ADMIN),
    "admin:write",
    *(f"admin:write:{name}" for name in ADMIN),
)
_KNOWN = frozenset(SCOPES)

# `follow` is older than `read` and `write`; it stands for what it could do then.
FOLLOW_MEANS = frozenset(
    f"{kind}:{name}" for kind in ("read", "write") for name in ("blocks", "follows", "mutes")
)


def split_scopes(text: str | None) -> list[str]:
    """The scopes of a space-separated list, each once, in order."""
    return list(dict.fromkeys((text or "").split()))


def unknown_scopes(scopes: Iterable[str]) -> list[str]:
    """Those that do not exist."""
    return [scope for scope in scopes if scope not in _KNOWN]


def includes(held: Iterable[str], wanted: str) -> bool:
    """Whether somebody who holds these scopes may ask for this one: `read` includes `read:lists`."""
    names = set(held)
    if wanted in names or ("follow" in names and wanted in FOLLOW_MEANS):
        return True
    return any(wanted.startswith(f"{name}:") for name in names)


def exceeding(held: Iterable[str], wanted: Sequence[str]) -> list[str]:
    """Those of the wanted scopes that the held ones do not include."""
    names = list(held)
    return [scope for scope in wanted if not includes(names, scope)]
