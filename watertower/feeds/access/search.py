"""Search: what somebody typed, taken apart, and the three kinds of things it may find."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from watertower.accounts.access.people import split_handle
from watertower.accounts.model import Viewer, viewer_id
from watertower.accounts.queries.accounts import find_account_by_handle
from watertower.base.context import Context
from watertower.base.ids import first_id_at
from watertower.base.text.tags import tag_name
from watertower.feeds.access.tags import day_of
from watertower.feeds.model import StatusQuestion, TagLine
from watertower.feeds.queries.search import search_statuses
from watertower.feeds.queries.tags import list_tags_with_prefix
from watertower.statuses.model import StatusLine

LONGEST_QUERY = 500  # characters
_OPERATOR = re.compile(
    r"(?<!\S)([-+]?)(from|has|is|language|before|after|during|in):(\S+)", re.IGNORECASE
)


async def statuses_found(
    ctx: Context,
    *,
    viewer: Viewer,
    query: str,
    limit: int,
    offset: int = 0,
    account_id: int | None = None,
) -> list[StatusLine]:
    """Statuses with these words. Operators narrow the search; one that means nothing finds none."""
    me = viewer_id(viewer)
    if me is None:
        return []
    question = await question_of(ctx, query=query, viewer_id=me)
    if question is None:
        return []
    if account_id is not None:
        question = replace(question, from_account_id=account_id)
    async with ctx.reading() as tx:
        return await search_statuses(
            tx, viewer_id=me, question=question, limit=limit, offset=offset
        )


async def tags_found(
    ctx: Context,
    *,
    viewer: Viewer | None,
    query: str,
    limit: int,
    offset: int = 0,
    only_reviewed: bool = False,
) -> list[TagLine]:
    """Hashtags that begin like the query."""
    prefix = tag_name(query.strip())
    if not prefix or " " in prefix:
        return []
    async with ctx.reading() as tx:
        return await list_tags_with_prefix(
            tx,
            viewer_id=viewer_id(viewer),
            prefix=prefix,
            today=day_of(ctx.now()),
            limit=limit,
            offset=offset,
            only_reviewed=only_reviewed,
        )


async def question_of(ctx: Context, *, query: str, viewer_id: int) -> StatusQuestion | None:
    """The query taken apart: None if it asks for nothing, or for what cannot be."""
    query = query.strip()[:LONGEST_QUERY]
    operators = _OPERATOR.findall(query)
    question = StatusQuestion(words=_OPERATOR.sub(" ", query).strip())
    for sign, name, value in operators:
        found = await _narrowed(
            ctx,
            question,
            name=name.lower(),
            value=value,
            wanted=sign != "-",
            viewer_id=viewer_id,
        )
        if found is None:
            return None
        question = found
    if not operators and not re.search(r"\w", question.words):
        return None
    if not re.search(r"\w", question.words):
        question = replace(question, words="")
    return question


async def _narrowed(
    ctx: Context,
    question: StatusQuestion,
    *,
    name: str,
    value: str,
    wanted: bool,
    viewer_id: int,
) -> StatusQuestion | None:
    word = value.lower()
    match name, word:
        case "from", _:
            account_id = viewer_id if word == "me" else await _account_id(ctx, value)
            return None if account_id is None else replace(question, from_account_id=account_id)
        case "in", ("all" | "library" | "public"):
            return replace(question, where=word)
        case "language", _:
            return replace(question, language=word)
        case "has", "media":
            return replace(question, has_media=wanted)
        case "has", "poll":
            return replace(question, has_poll=wanted)
        case "has", ("embed" | "link"):
            return replace(question, has_embed=wanted)
        case "is", "reply":
            return replace(question, is_reply=wanted)
        case "is", "sensitive":
            return replace(question, is_sensitive=wanted)
        case (("in" | "has" | "is"), _):
            return None
    try:
        start = datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
        end = start + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    if name == "before":
        return replace(question, before_id=min(question.before_id, first_id_at(start)))
    if name == "after":
        return replace(question, after_id=max(question.after_id, first_id_at(end)))
    return replace(question, before_id=first_id_at(end), after_id=first_id_at(start))


async def _account_id(ctx: Context, handle: str) -> int | None:
    username, domain = split_handle(ctx, handle)
    async with ctx.reading() as tx:
        account = await find_account_by_handle(tx, username=username, domain=domain)
    return None if account is None else account.id
