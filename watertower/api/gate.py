"""The gate of the client API: token to viewer, scopes, and what a login's state allows.

Every route names what it needs in routes.py; nothing here is decided by a handler.
"""

from dataclasses import dataclass
from enum import Enum

from watertower.accounts.access.known_viewers import KnownViewers
from watertower.accounts.model import Permission, Viewer
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context
from watertower.base.errors import Forbidden, Invalid, NotSignedIn


class Needs(Enum):
    """Who may call a route."""

    UNASKED = "unasked"  # no token is looked at: not even an old one that an app still sends
    NOTHING = "public"  # a token is welcome; its scopes must fit if it is sent
    TOKEN = "token"  # noqa: S105  # any valid token, an app's own included
    MEMBER = "member"  # a signed-in member in good standing; frozen ones by `is_for_frozen`
    OWN_LOGIN = "own"  # a signed-in member, confirmed or not


class WrongScope(Forbidden):
    """The token is good, but not for this."""

    says = "This action is outside the authorized scopes"


class LoginFrozen(Forbidden):
    """The member is frozen, and this is not among what the frozen may do.

    Apps show the sentence as it is, so it says why, and where to go.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__(
            "Your account is frozen. You can read, delete your own posts, change your profile, "
            "export your data, answer and appeal, and nothing else until this is settled. What "
            f"happened, and what is asked of you: {base_url}/account/frozen"
        )


class MemberNeeded(Invalid):
    """The token speaks for an app, not for a member."""

    says = "This method requires an authenticated user"


@dataclass(frozen=True)
class Rule:
    """What a route needs: who, any one of these scopes, and a permission of the role."""

    needs: Needs
    scopes: frozenset[str] = frozenset()
    permission: Permission | None = None
    is_for_frozen: bool = False  # a frozen member may do this as well


def allowed_scopes(scope: str) -> frozenset[str]:
    """The scopes that include this one: `read:accounts` is part of `read`."""
    names = set(scope.split("|")) if scope else set()
    for name in list(names):
        head = name.rsplit(":", 1)[0]
        names.add(head)
    return frozenset(names)


def bearer_token(headers: dict[str, str], query_token: str | None = None) -> str | None:
    """The token of a request, from the Authorization header (RFC 6750) or a parameter."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return query_token


async def admit(
    ctx: Context, rule: Rule, *, token: str | None, ip: str, viewers: KnownViewers
) -> Viewer | None:
    """Who asks, if the rule lets them; otherwise NotSignedIn, WrongScope, Forbidden …."""
    viewer = None
    if rule.needs is Needs.UNASKED:
        return None
    if token is not None:
        viewer = await viewers.viewer_of(ctx, token_hash=hash_of(token), ip=ip)
    if viewer is None:
        if rule.needs is Needs.NOTHING:
            return None
        raise NotSignedIn
    if rule.scopes and not (viewer.scopes & rule.scopes):
        raise WrongScope
    if rule.needs in {Needs.MEMBER, Needs.OWN_LOGIN}:
        if viewer.account_id is None:
            raise MemberNeeded
        if rule.needs is Needs.MEMBER:
            require_good_standing(viewer)
    elif viewer.account_id is not None and _is_locked_out(viewer):
        # On public routes somebody locked out sees what the public sees.
        return None if rule.needs is Needs.NOTHING else viewer
    if viewer.is_frozen and not rule.is_for_frozen:
        raise LoginFrozen(ctx.settings.base_url)
    if rule.permission is not None and not viewer.may(rule.permission):
        raise Forbidden
    return viewer


def _is_locked_out(viewer: Viewer) -> bool:
    return viewer.is_suspended or not (viewer.is_confirmed and viewer.is_approved)


def require_good_standing(viewer: Viewer) -> None:
    """Raise Forbidden with Mastodon's words unless the login may be used, frozen or not."""
    if not viewer.is_confirmed:
        raise Forbidden("Your login is missing a confirmed e-mail address")
    if not viewer.is_approved:
        raise Forbidden("Your login is currently pending approval")
    if viewer.is_suspended or viewer.is_memorial:
        raise Forbidden("Your login is currently disabled")
