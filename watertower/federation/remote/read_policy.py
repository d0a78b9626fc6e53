"""Who may answer and quote a status of another server (interactionPolicy), as the door reads it."""

from watertower.federation.model import PUBLIC_NAMES, Document
from watertower.federation.reading import first, words_of


def _approved(document: Document, interaction: str, *names: str) -> set[str] | None:
    """Who is on these lists of an interactionPolicy; None where it says nothing of it."""
    policy = first(document.get("interactionPolicy"))
    rule = first(policy.get(interaction)) if isinstance(policy, dict) else None
    if not isinstance(rule, dict):
        return None
    return {word for name in names for word in words_of(rule.get(name))}


def reply_policy_of(document: Document, followers_url: str) -> str:
    """GoToSocial's canReply. Whose answers wait for approval may answer: their server decides."""
    names = ("always", "automaticApproval", "approvalRequired", "manualApproval")
    allowed = _approved(document, "canReply", *names)
    if allowed is None or allowed & PUBLIC_NAMES:
        return "public"
    return "followers" if followers_url and followers_url in allowed else "mentioned"


def quote_policy_of(document: Document, followers_url: str) -> str:
    """Who may quote at once: public, followers or nobody."""
    allowed = _approved(document, "canQuote", "automaticApproval") or set()
    if allowed & PUBLIC_NAMES:
        return "public"
    return "followers" if followers_url and followers_url in allowed else "nobody"
