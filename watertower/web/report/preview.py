"""What each side of a report will see, word for word."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.accounts.model import Account
from watertower.moderation.model.report_form import Offered
from watertower.moderation.model.reports import Complaint


@dataclass(frozen=True)
class Side:
    """One of those who are told, and what they are shown, as (what, words)."""

    name: str
    lines: Sequence[tuple[str, str]]
    posts: Sequence[Offered]
    says: str  # what they do not see


@dataclass(frozen=True)
class Preview:
    """All sides of a report."""

    sides: Sequence[Side]


def preview_of(
    complaint: Complaint,
    *,
    reporter: str,
    own: str,
    account: Account | None,
    posts: Sequence[Offered],
    rules: Sequence[str],
    category: str,
) -> Preview:
    """Exactly what is kept and sent: the report as filed, and the Flag as it goes out."""
    handle = f"@{account.acct}" if account else complaint.target_domain or ""
    shared = [("About", handle), ("Your words", complaint.comment or "(none)")]
    ours = [("From", reporter), *shared, ("Kind", category)]
    ours += [("Rule", rule) for rule in rules]
    ours += [
        (label, words)
        for label, words in (
            ("Language", complaint.language or ""),
            ("Translation", complaint.translation),
            ("What one has to know", complaint.context),
            ("Graphic", "Posts left out, described in your words" if complaint.is_graphic else ""),
            ("Thread", "The whole conversation" if complaint.is_about_thread else ""),
            ("About telling others", complaint.forward_reason),
        )
        if words
    ]
    if account is not None and account.domain is not None:
        told = [account.domain, *complaint.forward_domains] if complaint.is_forwarded else []
        ours.append(("Told elsewhere", ", ".join(told) or "Nobody"))
    sides = [
        Side(
            f"The moderators of {own}",
            ours,
            posts,
            "They get sealed copies of these posts, their files, the profile and the thread around "
            "them as you can see it.",
        )
    ]
    if account is not None and account.domain is not None and complaint.is_forwarded:
        sides += [
            Side(
                f"The moderators of {domain}",
                [("From", f"the server {own}"), *shared],
                posts if domain == account.domain else (),
                "They do not see who you are. Your words are sent as they are: write nothing in "
                "them that names you.",
            )
            for domain in (account.domain, *complaint.forward_domains)
        ]
    sides.append(
        Side(
            handle,
            (),
            (),
            "Is not told that there is a report. If the moderators decide to act, "
            "they never say who reported.",
        )
    )
    return Preview(sides)
