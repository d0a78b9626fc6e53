"""Texts of the community, as HTML and as entities: terms, privacy policy, description.

Sources: entities `extended_description`, `privacy_policy`, `terms_of_service` of the API 4.6.
"""

from datetime import datetime
from typing import Any

from watertower.api.shapes.times import day, moment
from watertower.base.text.html_of import html_of


def words_html(text: str) -> str:
    """A plain text as paragraphs with links."""
    return html_of(text, mentions={}, tag_url=lambda tag: f"/tags/{tag}")


def site_text_shape(found: tuple[str, datetime] | None) -> dict[str, Any]:
    """A text and when it was written: ExtendedDescription, PrivacyPolicy."""
    if found is None:
        return {"updated_at": None, "content": ""}
    return {"updated_at": moment(found[1]), "content": words_html(found[0])}


def terms_shape(text: str, written_at: datetime) -> dict[str, Any]:
    """TermsOfService: in force since they were written."""
    return {
        "effective_date": day(written_at),
        "effective": True,
        "content": words_html(text),
        "succeeded_by": None,
    }
