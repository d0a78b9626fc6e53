"""What the desk shows in its menu, for whom. One row for each subject of the desk."""

from dataclasses import dataclass

from watertower.accounts.model import Permission, Viewer


@dataclass(frozen=True)
class Entry:
    """A line of the menu: where it leads, its word, and the permission that its pages need."""

    path: str
    word: str
    permission: Permission


MENU: list[Entry] = [
    Entry("/desk/cases", "Cases", Permission.READ_CASES),
    Entry("/desk/freezes", "Freezes", Permission.READ_CASES),
    Entry("/desk/accounts", "Accounts", Permission.MANAGE_USERS | Permission.DECIDE_CASES),
    Entry("/desk/research", "Research", Permission.DECIDE_CASES | Permission.REVIEW_SERVERS),
    Entry("/desk/waves", "Waves", Permission.WRITE_INBOUND_RULES),
    Entry("/desk/inbound", "Inbound rules", Permission.WRITE_INBOUND_RULES),
    Entry("/desk/sign_ups", "Sign-ups", Permission.REVIEW_SIGN_UPS | Permission.MANAGE_USERS),
    Entry("/desk/blocks", "Sign-up blocks", Permission.MANAGE_BLOCKS),
    Entry("/desk/appeals", "Appeals", Permission.MANAGE_APPEALS),
    Entry(
        "/desk/votes",
        "Votes",
        Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION,
    ),
    Entry("/desk/webhooks", "Webhooks", Permission.MANAGE_WEBHOOKS),
    Entry("/desk/audit", "Audit log", Permission.VIEW_AUDIT_LOG | Permission.LEAD_MODERATION),
    Entry(
        "/desk/servers",
        "Servers",
        Permission.MANAGE_FEDERATION | Permission.REVIEW_SERVERS,
    ),
    Entry("/desk/practice", "Practice", Permission.ANALYSE_CASES),
    Entry("/desk/reporters", "Trusted reporters", Permission.DECIDE_CASES),
    Entry("/desk/team", "Team", Permission.VIEW_DASHBOARD | Permission.READ_CASES),
    Entry("/desk/account_types", "Special accounts", Permission.APPROVE_ACCOUNTS),
]


def menu_for(viewer: Viewer | None) -> list[Entry]:
    """The lines that lead this member anywhere; none for whoever is not staff."""
    return [] if viewer is None else [one for one in MENU if viewer.may(one.permission)]
