"""A short mail: some paragraphs and one thing to do."""

from collections.abc import Sequence
from html import escape

from watertower.base.context import Mail

_BODY = "font:16px/1.5 system-ui,sans-serif;color:#1b1b24;max-width:34em;margin:0 auto;padding:24px"
_BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:8px;background:#3b3bd6;color:#fff;"
    "text-decoration:none;font-weight:600"
)


def letter(
    *,
    to: str,
    subject: str,
    paragraphs: Sequence[str],
    link: str = "",
    label: str = "",
    after: Sequence[str] = (),
) -> Mail:
    """The mail. `link` is shown as a button with `label`, and in full in plain text."""
    plain = [*paragraphs, *([f"{label}:\n{link}"] if link else []), *after]
    button = f'<p><a href="{escape(link)}" style="{_BUTTON}">{escape(label)}</a></p>'
    parts = [
        *(f"<p>{escape(text)}</p>" for text in paragraphs),
        *([button] if link else []),
        *(f'<p style="color:#5c5c6d">{escape(text)}</p>' for text in after),
    ]
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}'
        f'</title></head><body style="{_BODY}">{"".join(parts)}</body></html>'
    )
    return Mail(to=to, subject=subject, text="\n\n".join(plain) + "\n", html=html)
