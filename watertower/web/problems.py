"""What is wrong with a form, field by field, in words that stand below the field."""

from watertower.base.errors import Invalid

LABELS = {
    "username": "This name",
    "email": "This address",
    "password": "The password",
    "reason": "The answer",
    "date_of_birth": "The date",
    "invite_code": "The invitation",
    "agreement": "The rules",
}


def problems_of(refused: Invalid) -> dict[str, str]:
    """Field to sentence; empty when the refusal is not about fields."""
    return {
        name: " ".join(
            f"{LABELS.get(name, name.replace('_', ' ').capitalize())} {says}." for _, says in found
        )
        for name, found in refused.details.items()
    }


def said(refused: Invalid) -> str:
    """All of it in one sentence."""
    return " ".join(problems_of(refused).values()) or refused.says
