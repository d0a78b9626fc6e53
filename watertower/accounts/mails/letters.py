"""The mails about a login: each a few sentences and a link."""

from urllib.parse import urlencode

from watertower.accounts.mails.letter import letter
from watertower.base.context import Mail
from watertower.base.settings import Settings

NOT_YOU = "If this was not you, you can ignore this mail."


def confirmation_letter(settings: Settings, *, to: str, username: str, token: str) -> Mail:
    """Asks to confirm the address of a new login."""
    domain = settings.server.domain
    return letter(
        to=to,
        subject=f"Confirm your e-mail address for {domain}",
        paragraphs=[
            f"Hello {username},",
            f"somebody signed up at {domain} with this address. Confirm it to begin.",
        ],
        link=_link(settings, "/auth/confirmation", confirmation_token=token),
        label="Confirm address",
        after=["The link is good for two days.", NOT_YOU],
    )


def new_address_letter(settings: Settings, *, to: str, username: str, token: str) -> Mail:
    """Asks to confirm a changed address; sent to the new one."""
    return letter(
        to=to,
        subject=f"Confirm your new e-mail address for {settings.server.domain}",
        paragraphs=[
            f"Hello {username},",
            f"confirm that {to} is your new address. Until then the old one stays in use.",
        ],
        link=_link(settings, "/auth/confirmation", confirmation_token=token),
        label="Confirm new address",
        after=["The link is good for two days.", NOT_YOU],
    )


def address_changed_letter(settings: Settings, *, to: str, username: str, new: str) -> Mail:
    """Tells the old address that it was replaced."""
    return letter(
        to=to,
        subject=f"Your e-mail address at {settings.server.domain} is being changed",
        paragraphs=[
            f"Hello {username},",
            f"the address of your login is being changed to {new}.",
            "If this was not you, change your password at once and write to the moderators.",
        ],
    )


def reset_letter(settings: Settings, *, to: str, username: str, token: str) -> Mail:
    """Brings the link with which a forgotten password is replaced."""
    return letter(
        to=to,
        subject=f"Choose a new password for {settings.server.domain}",
        paragraphs=[
            f"Hello {username},",
            "somebody asked for a new password for your login. With this link you choose one.",
        ],
        link=_link(settings, "/auth/password/edit", reset_password_token=token),
        label="Choose a new password",
        after=["The link is good for six hours and works once.", NOT_YOU],
    )


def password_changed_letter(settings: Settings, *, to: str, username: str) -> Mail:
    """Tells that the password was changed."""
    return letter(
        to=to,
        subject=f"Your password at {settings.server.domain} was changed",
        paragraphs=[
            f"Hello {username},",
            "the password of your login was changed, and other devices were signed out.",
            "If this was not you, choose a new password now.",
        ],
        link=_link(settings, "/auth/password/new"),
        label="Choose a new password",
    )


def approved_letter(settings: Settings, *, to: str, username: str) -> Mail:
    """Welcomes somebody whose application was approved."""
    return letter(
        to=to,
        subject=f"Welcome to {settings.server.domain}",
        paragraphs=[f"Hello {username},", "your application was approved. You can sign in now."],
        link=_link(settings, "/auth/sign_in"),
        label="Sign in",
    )


def second_factor_letter(settings: Settings, *, to: str, username: str, is_on: bool) -> Mail:
    """Tells that the second factor was switched on or off."""
    state = "on" if is_on else "off"
    return letter(
        to=to,
        subject=f"Two-factor sign-in at {settings.server.domain} is {state}",
        paragraphs=[
            f"Hello {username},",
            f"two-factor sign-in was switched {state} for your login.",
            "If this was not you, change your password at once.",
        ],
    )


def archive_letter(settings: Settings, *, to: str, username: str) -> Mail:
    """Tells that the archive of posts can be fetched."""
    return letter(
        to=to,
        subject=f"Your archive of {settings.server.domain} is ready",
        paragraphs=[
            f"Hello {username},",
            "the archive of your posts and pictures is ready. You can fetch it for a week.",
        ],
        link=_link(settings, "/settings/archive"),
        label="Fetch the archive",
    )


def _link(settings: Settings, path: str, **params: str) -> str:
    return f"{settings.base_url}{path}" + (f"?{urlencode(params)}" if params else "")
