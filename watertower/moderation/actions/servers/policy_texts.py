"""Copy a server's own rules (terms, privacy, moderation), dated, to compare them later."""

import hashlib
from html.parser import HTMLParser

from watertower.base.context import Context
from watertower.base.errors import Invalid, Unreachable
from watertower.base.http.answer import Answer
from watertower.moderation.errors.server_reviews import ReviewNotFound
from watertower.moderation.model.servers import LONGEST_REASON
from watertower.moderation.queries.policy_texts import insert_policy_text, update_policy_note
from watertower.moderation.queries.server_reviews import find_review
from watertower.moderation.steps.log import log

KINDS = ("terms", "privacy", "moderation")
LIMIT_BYTES = 2_000_000
LONGEST_TEXT = 400_000  # characters


async def take_policy(
    ctx: Context, *, actor_id: int | None, review_id: int, kind: str, url: str
) -> bool:
    """Fetch a text and keep it; False if it says what the last copy said.

    Raises ReviewNotFound, Invalid for another kind or what is no text, Unreachable.
    """
    async with ctx.reading() as tx:
        review = await find_review(tx, review_id=review_id)
    if review is None:
        raise ReviewNotFound
    if kind not in KINDS:
        raise Invalid("Validation failed: Kind is not known")
    text = await fetch_text(ctx, url)
    async with ctx.transaction() as tx:
        is_new = await insert_policy_text(
            tx,
            domain=review.domain,
            kind=kind,
            url=url,
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "replace")).digest(),
            at=ctx.now(),
        )
        if is_new:
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="copy_server_policy",
                subject=("server", review.domain),
                details={"kind": kind, "url": url},
            )
    return is_new


async def note_policy(
    ctx: Context, *, actor_id: int, review_id: int, text_id: int, note: str
) -> None:
    """What a reviewer notes about a copy: it is no legal advice. Raises ReviewNotFound."""
    async with ctx.transaction() as tx:
        review = await find_review(tx, review_id=review_id)
        if review is None or len(note) > LONGEST_REASON:
            raise ReviewNotFound
        if await update_policy_note(tx, domain=review.domain, text_id=text_id, note=note.strip()):
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="note_server_policy",
                subject=("server", review.domain),
            )


async def fetch_text(ctx: Context, url: str) -> str:
    """The words of a page. Raises Invalid for what is no text, Unreachable."""
    if not url.startswith(("https://", "http://")):
        raise Invalid("Validation failed: The address must begin with https://")
    answer = await ctx.http.request(
        "GET",
        url,
        headers={"Accept": "text/html, text/plain, text/markdown;q=0.9"},
        limit_bytes=LIMIT_BYTES,
    )
    if not answer.is_ok:
        raise Unreachable(f"The page answered {answer.status}")
    words = words_of(answer)
    if not words:
        raise Invalid("Validation failed: There are no words at this address")
    return words[:LONGEST_TEXT]


def words_of(answer: Answer) -> str:
    """The text that a reader sees, a line for each block."""
    body = answer.body.decode("utf-8", "replace").replace("\0", "")
    if "html" not in answer.content_type:
        return body.strip()
    reader = _Words()
    reader.feed(body)
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects what stands between the tags."""

    UNSEEN = frozenset({"script", "style", "noscript", "template", "nav", "svg"})
    INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "code", "abbr", "small", "u"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """A new block begins a new line."""
        self._unseen += tag in self.UNSEEN
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """What was not to be seen ends."""
        if tag in self.UNSEEN:
            self._unseen = max(0, self._unseen - 1)

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._unseen:
            self.parts.append(data)
