"""Refusals of OAuth, by the code names of RFC 6749 sections 4.1.2.1 and 5.2."""

from watertower.base.errors import Refused


class OAuthRefused(Refused):
    """`code` is the machine's word, `says` the sentence for developers, `status` HTTP's.

    `may_redirect`: the app's address is proven, so its browser may be sent back there with the
    error. Otherwise the error is shown to the person.
    """

    def __init__(
        self, code: str, says: str, *, status: int = 400, may_redirect: bool = False
    ) -> None:
        super().__init__(says)
        self.code = code
        self.status = status
        self.may_redirect = may_redirect


def wrong_client() -> OAuthRefused:
    """No such app, or the secret is not its own."""
    return OAuthRefused(
        "invalid_client", "There is no such client, or its secret is not right.", status=401
    )


def wrong_grant() -> OAuthRefused:
    """The code cannot be exchanged. One error for every reason."""
    return OAuthRefused(
        "invalid_grant",
        "The code is wrong, too old or used, belongs to another client, or does not fit the "
        "redirect address or the code verifier.",
    )


def wrong_scope() -> OAuthRefused:
    """A scope does not exist or was not registered by the app."""
    return OAuthRefused(
        "invalid_scope",
        "A requested scope does not exist, or the app did not register it.",
        may_redirect=True,
    )


def missing(name: str) -> OAuthRefused:
    """A required parameter is not there."""
    return OAuthRefused("invalid_request", f"Missing required parameter: {name}.")
