"""Why an outgoing request brought no answer. All are `Unreachable`, so rooms need know no more.

`outcome` is the label in the metric `watertower_outgoing_total`; the set is closed, so that
nothing remote can invent labels. `is_final` says that trying the same address again later
cannot help.
"""

from watertower.base.errors import Unreachable


class OutgoingFailed(Unreachable):
    """The base of all of them. `host` is the name that was asked, for logs, never for people."""

    outcome = "failed"
    is_final = False

    def __init__(self, says: str | None = None, *, host: str = "") -> None:
        super().__init__(says)
        self.host = host


class BadAddress(OutgoingFailed):
    """The address cannot be used: not http(s), with a password in it, a port we do not call."""

    says = "The address is not one that can be fetched"
    outcome = "bad_address"
    is_final = True


class AddressRefused(OutgoingFailed):
    """The name or literal leads to a machine that is not on the public internet."""

    says = "The address leads to a network that may not be contacted"
    outcome = "address_refused"


class NameNotFound(OutgoingFailed):
    """The name has no address, or the name servers did not say in time."""

    says = "The name of the server could not be resolved"
    outcome = "name_not_found"


class ConnectionFailed(OutgoingFailed):
    """No connection, or it broke off in the middle."""

    says = "The server could not be connected to"
    outcome = "connection_failed"


class BadTls(OutgoingFailed):
    """The certificate is not to be trusted, or no encryption could be agreed on."""

    says = "The server could not prove who it is"
    outcome = "bad_tls"


class TimedOut(OutgoingFailed):
    """The time for connecting, for the first byte or for the whole request is over."""

    says = "The server did not answer in time"
    outcome = "timed_out"


class TooLargeAnswer(OutgoingFailed):
    """More bytes than allowed, on the wire or after decompression."""

    says = "The answer is too large"
    outcome = "too_large"
    is_final = True


class BadRedirect(OutgoingFailed):
    """Too many redirects, a loop, or one from https down to http."""

    says = "The server redirects to nowhere"
    outcome = "bad_redirect"
    is_final = True


class WrongType(OutgoingFailed):
    """The answer is not of a type that was asked for."""

    says = "The answer is of an unexpected type"
    outcome = "wrong_type"
    is_final = True


class BadAnswer(OutgoingFailed):
    """The answer is not HTTP as we know it, or its compression is broken."""

    says = "The answer could not be read"
    outcome = "bad_answer"
