"""The mails about a decision that no case carries, and about one that was taken back."""

from collections.abc import Sequence

from watertower.accounts.mails.letter import letter
from watertower.base.context import Mail
from watertower.base.settings import Settings
from watertower.moderation.model.standing import Action
from watertower.moderation.model.standing_words import (
    LIFTED,
    SUBJECTS,
    link_label,
    paragraphs_of,
)


def decision_letter(
    settings: Settings,
    *,
    to: str,
    username: str,
    action: Action,
    rules: Sequence[str],
    link: str,
) -> Mail:
    """Tells a member what was decided and why, with a link that works signed out."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=SUBJECTS[action.kind].format(domain=domain),
        paragraphs=[
            f"Hello {username},",
            *paragraphs_of(action, rules=rules),
            f"The moderation team of {domain}",
        ],
        link=link,
        label=link_label(action.kind),
        after=["The link works without signing in. Whoever has it can answer for you."],
    )


def lifted_letter(settings: Settings, *, to: str, username: str, action: Action) -> Mail:
    """Tells a member that a decision was taken back."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=f"A decision of the moderators of {domain} was taken back",
        paragraphs=[
            f"Hello {username},",
            LIFTED[action.kind],
            f"The moderation team of {domain}",
        ],
        link=settings.base_url,
        label="Go there",
    )
