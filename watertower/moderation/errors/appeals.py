"""What can be refused about appeals."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class AppealNotFound(NotFound):
    """There is no such appeal for whoever asks: none at all, or one about themselves."""


class NotAppealable(Invalid):
    """No appeal is offered against such a thing."""

    says = (
        "A warning restricts nothing, so there is nothing to appeal. You can ask the team about it."
    )


class NothingToAppeal(Invalid):
    """It was taken back already."""

    says = "This decision was taken back. There is nothing to appeal any more."


class TooLateToAppeal(Invalid):
    """The window is over."""

    says = "A decision can be appealed for 90 days. That time is over."


class AppealedTwice(Conflict):
    """Once, and once more with new facts."""

    says = "This decision was appealed twice. The answer is final."


class AppealClosed(Conflict):
    """It has an answer."""

    says = "This appeal is decided."


class TextMissing(Invalid):
    """Nothing was said."""

    says = "Please write a few words."


class TextTooLong(Invalid):
    """Longer than anybody can answer."""

    says = "This is too long (maximum is 5000 characters)."


class TooManyMessages(Conflict):
    """Enough was said on both sides."""

    says = "There are too many messages in this appeal. It is time for a decision."


class ClaimMissing(Invalid):
    """Neither error nor agreement."""

    says = "Please say whether this was an error or whether you agree to what was asked."


class ContactMissing(Invalid):
    """No address to which a decision could go."""

    says = "Please give an e-mail address outside your account."


class WrongCode(Invalid):
    """Not the code that was sent, or too old a one."""

    says = "This is not the code we sent, or it is too old. You can have a new one sent."


class ContactNotVerified(Conflict):
    """No decision goes to an address that nobody confirmed."""

    says = "The address of this appeal is not verified yet. It cannot be taken up before that."


class WrongState(Conflict):
    """The appeal is not where this could be done."""

    says = "This cannot be done with the appeal as it stands now."


class DecidedIt(Forbidden):
    """Who decided does not judge the appeal, unless nobody else is there."""

    says = "You made the decision that is appealed. Somebody else looks at it."


class NotTheSecond(Forbidden):
    """The second moderator is somebody else than the first."""

    says = "You proposed this. Somebody else has to agree."


class NotLighter(Invalid):
    """An appeal never makes it worse."""

    says = "An appeal can only end in something lighter than what was decided."


class TasksMissing(Invalid):
    """Returned, but without any request."""

    says = "Please say what is asked for, at least one thing."


class BadFile(Invalid):
    """Not a kind of file we take, or too large."""

    says = "Attach pictures, PDF or plain text, at most four files of at most 8 MB each."


class NotProved(Invalid):
    """The profile does not show the proof."""

    says = (
        "We looked at the profile now and did not find the link on it. It may take a minute "
        "until your server shows the change."
    )


class NoStaffContact(Invalid):
    """The server publishes no address of its staff."""

    says = "That server publishes no address of its staff, so we cannot tell who writes for it."


class NoHandle(Invalid):
    """Not the name of somebody elsewhere."""

    says = "Please give the whole name of the account, like name@server.example."
