"""The mails of an appeal: from the team, never from a person, with the way to answer."""

from watertower.accounts.mails.letter import letter
from watertower.base.context import Mail
from watertower.base.secrets import Secrets
from watertower.base.settings import Settings
from watertower.moderation.model.appeal_mails import appeal_reply_token
from watertower.moderation.model.appeals import OUTCOME_WORDS, Appeal, Outcome

DECIDED = {
    Outcome.ACCEPTED: "Your appeal was accepted. Everything is as it was before the decision.",
    Outcome.CHANGED: "Your appeal was accepted in part: the decision was replaced by a lighter one.",
    Outcome.REJECTED: "Your appeal was rejected. The decision stands.",
    Outcome.RETURNED: "Your appeal came back with a request. Do what is asked, and it is over.",
    Outcome.WITHDRAWN: "You took your appeal back.",
    Outcome.LAPSED: "Your appeal lapsed, because the address was never verified. You can file it "
    "again.",
}


def code_letter(settings: Settings, *, to: str, code: str) -> Mail:
    """Brings the code that verifies an address. It names no account: a stranger may read it."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=f"{code} is your code for {domain}",
        paragraphs=[
            f"Somebody gave this address for an appeal at {domain}.",
            f"Your code: {code}",
        ],
        after=["It is good for an hour. If this was not you, ignore this mail."],
    )


def staff_link_letter(settings: Settings, *, to: str, handle: str, link: str) -> Mail:
    """To the staff of another server who speak for one of theirs."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=f"An appeal for {handle} at {domain}",
        paragraphs=[
            (
                f"Somebody asked to appeal a decision of the moderators of {domain} on behalf of "
                f"{handle}, as the staff of their server."
            ),
            (
                "This went to the contact address that your server publishes. If you want to appeal, "
                "go on here:"
            ),
        ],
        link=link,
        label="Go on",
        after=["The link is good for two days. If nobody of you asked for it, ignore this mail."],
    )


def message_letter(
    settings: Settings, secrets: Secrets, *, to: str, appeal: Appeal, text: str, link: str
) -> Mail:
    """What the team wrote."""
    domain = settings.server.domain
    made = letter(
        to=to,
        subject=f"Your appeal at {domain}",
        paragraphs=[
            *(part for part in text.split("\n\n") if part.strip()),
            f"The moderation team of {domain}",
        ],
        link=link,
        label="Open the conversation",
        after=[_how_to_answer(settings)],
    )
    return answerable(made, settings, secrets, action_id=appeal.action_id)


def decision_letter(
    settings: Settings, secrets: Secrets, *, to: str, appeal: Appeal, link: str
) -> Mail:
    """The answer to an appeal."""
    domain = settings.server.domain
    outcome = appeal.outcome or Outcome.LAPSED
    after = []
    if outcome is Outcome.REJECTED and appeal.round == 1:
        after.append("If there is something new that we should know, you can appeal once more.")
    if appeal.is_same_moderator:
        after.append(
            "This community has one moderator, so the same person decided and read your appeal."
        )
    made = letter(
        to=to,
        subject=f"{OUTCOME_WORDS[outcome].split(':')[0]}: your appeal at {domain}",
        paragraphs=[
            DECIDED[outcome],
            *(part for part in appeal.outcome_message.split("\n\n") if part.strip()),
            f"The moderation team of {domain}",
        ],
        link=link,
        label="Read it all",
        after=after,
    )
    if outcome is not Outcome.REJECTED:
        return made
    return answerable(made, settings, secrets, action_id=appeal.action_id)


def late_letter(settings: Settings, *, to: str, link: str) -> Mail:
    """Says that the team is late: what was promised is over, and nothing was decided silently."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=f"Your appeal at {domain} takes longer",
        paragraphs=[
            (
                "We promised an answer by now and have none yet. Those who lead the team were told. "
                "Nothing changes for you meanwhile, and nothing of yours is deleted."
            ),
        ],
        link=link,
        label="Open the appeal",
    )


def unverified_letter(settings: Settings, *, to: str, link: str) -> Mail:
    """Reminds that the address of an appeal is not verified."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=f"Your appeal at {domain} waits for your address",
        paragraphs=[
            (
                "You appealed a decision and gave another address for the answer. Please type the code "
                "that we sent there; without it the appeal lapses after two weeks."
            ),
        ],
        link=link,
        label="Open the appeal",
    )


def staff_letter(settings: Settings, *, to: str, appeal: Appeal, subject: str, says: str) -> Mail:
    """For the team. It names no person and quotes nothing: mail is no safe place for that."""
    return letter(
        to=to,
        subject=f"{subject} ({settings.server.domain})",
        paragraphs=[says],
        link=f"{settings.base_url}/desk/appeals/{appeal.id}",
        label="Open the appeal",
    )


def _how_to_answer(settings: Settings) -> str:
    if settings.mail.reply_to:
        return "You can answer this mail, or on the page behind the link; it works signed out."
    return "You can answer on the page behind the link; it works signed out."


def answerable(made: Mail, settings: Settings, secrets: Secrets, *, action_id: int) -> Mail:
    """The mail with an address for answers that belong to the appeal of this action."""
    if not settings.mail.reply_to:
        return made
    local, _, host = settings.mail.reply_to.rpartition("@")
    token = appeal_reply_token(secrets.key, action_id=action_id)
    headers = (*made.headers, ("Reply-To", f"{local}+{token}@{host}"))
    return Mail(made.to, made.subject, made.text, made.html, headers)
