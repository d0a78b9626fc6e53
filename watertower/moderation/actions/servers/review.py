"""Review a server: open, research, find, propose, agree, decide, announce, watch (W15)."""

import hashlib

from watertower.accounts.queries.site import site_setting
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.server_reviews import (
    AgreedAlready,
    CriteriaMissing,
    NoServerFinding,
    ReviewNotFound,
    SellsData,
    SmallServer,
    WordsMissing,
    WrongState,
)
from watertower.moderation.model.server_reviews import (
    AGREE,
    BLOG_WITHIN,
    CAUSES,
    PROPOSALS,
    SERVER_WIDE,
    SMALL,
    Proposal,
    Review,
)
from watertower.moderation.model.servers import LONGEST_REASON, PUBLICITY, Choice
from watertower.moderation.queries.server_facts import count_again, find_facts, update_marks
from watertower.moderation.queries.server_findings import (
    has_same_finding,
    insert_finding,
    list_findings,
)
from watertower.moderation.queries.server_impact import count_impact
from watertower.moderation.queries.server_reviews import (
    hold_review,
    update_agreed,
    update_decided,
    update_proposal,
    update_state,
)
from watertower.moderation.steps.evidence import add_evidence
from watertower.moderation.steps.log import log
from watertower.moderation.steps.server_reviews import open_review_in
from watertower.moderation.steps.servers import decide_in, deciders, named_server


async def open_review(
    ctx: Context,
    *,
    actor_id: int,
    domain: str,
    cause: str,
    reason: str,
    is_promised: bool = False,
) -> int:
    """The id of the open review of this server, new or not. It need not have contacted us."""
    name = named_server(ctx, domain)
    async with ctx.transaction() as tx:
        return await open_review_in(
            tx,
            ctx,
            domain=name,
            cause=cause if cause in CAUSES else "research",
            reason=_words(reason),
            actor_id=actor_id,
            is_promised=is_promised,
        )


async def begin_research(ctx: Context, *, actor_id: int, review_id: int) -> None:
    """Research begins; where the impact is high the community is told at once."""
    async with ctx.transaction() as tx:
        review = await _held(tx, review_id)
        if review.state == "researching":
            return
        _require(review, "opened")
        await update_state(tx, review_id=review_id, state="researching", at=ctx.now())
        await _log(tx, ctx, review, actor_id, "research_server")


async def add_finding(
    ctx: Context, *, actor_id: int, review_id: int, is_server_level: bool, text: str, url: str
) -> None:
    """Write down what was found, sealed as evidence in the same moment. Twice is once."""
    words, url = _words(text), url.strip()[:2000]
    async with ctx.transaction() as tx:
        review = await _held(tx, review_id)
        _require(review, "opened", "researching", "proposed")
        if await has_same_finding(
            tx, review_id=review_id, is_server_level=is_server_level, text=words, url=url
        ):
            return
        evidence_id = await add_evidence(
            tx,
            at=ctx.now(),
            server_review_id=review_id,
            kind="note",
            subject_id=f"finding:{hashlib.sha256((words + url).encode()).hexdigest()[:16]}",
            content={"domain": review.domain, "text": words, "url": url},
            taken_by=actor_id,
        )
        await insert_finding(
            tx,
            review_id=review_id,
            is_server_level=is_server_level,
            text=words,
            url=url,
            evidence_id=evidence_id,
            actor_id=actor_id,
            at=ctx.now(),
        )
        await _log(tx, ctx, review, actor_id, "add_server_finding")


async def propose(ctx: Context, *, actor_id: int, review_id: int, proposal: Proposal) -> None:
    """Propose a decision; who proposes agrees, a newer proposal begins anew.

    Raises WordsMissing, CriteriaMissing, NoServerFinding, SmallServer, SellsData, WrongState.
    """
    _words(proposal.text)
    if proposal.outcome not in PROPOSALS or proposal.publicity not in PUBLICITY:
        raise WordsMissing
    async with ctx.transaction() as tx:
        review = await _held(tx, review_id)
        _require(review, "researching", "proposed")
        await _judge(tx, ctx, review, proposal)
        await update_proposal(tx, review_id=review_id, actor_id=actor_id, proposal=proposal)
        await _log(tx, ctx, review, actor_id, "propose_about_server")


async def _judge(tx: Transaction, ctx: Context, review: Review, proposal: Proposal) -> None:
    """The rules of W15 about what may be proposed."""
    impact = await count_impact(tx, servers=[review.domain])
    await count_again(tx, domain=review.domain, impact=impact, at=ctx.now())
    facts = await find_facts(tx, domain=review.domain)
    if facts.sells_data and proposal.outcome in {"federate", "monitor"}:
        raise SellsData
    if proposal.outcome not in SERVER_WIDE:
        return
    if not proposal.criteria:
        raise CriteriaMissing
    findings = await list_findings(tx, review_id=review.id)
    if not any(finding.is_server_level for finding in findings):
        raise NoServerFinding
    small = int(await site_setting(tx, "small_server_accounts", SMALL))
    if facts.accounts <= small and not proposal.is_cohesive and not proposal.override_reason:
        raise SmallServer


async def agree_to_proposal(ctx: Context, *, actor_id: int, review_id: int) -> bool:
    """Somebody else agrees; True when with that it is decided and done.

    Two agree, or as many as there are. Raises WrongState, AgreedAlready.
    """
    async with ctx.transaction() as tx:
        review = await _held(tx, review_id)
        _require(review, "proposed")
        wanted = int(await site_setting(tx, "server_agreement", AGREE))
        needed = min(wanted, max(1, len(await deciders(tx))))
        agreed = list(review.agreed_account_ids)
        if actor_id in agreed and len(agreed) < needed:
            raise AgreedAlready
        if actor_id not in agreed:
            await update_agreed(tx, review_id=review_id, account_id=actor_id)
            agreed.append(actor_id)
            await _log(tx, ctx, review, actor_id, "agree_about_server")
        if len(agreed) < needed:
            return False
        await _carry_out(tx, ctx, review, actor_id, agreed_by=agreed, is_emergency=False)
    return True


async def decide_in_emergency(ctx: Context, *, actor_id: int, review_id: int) -> None:
    """One person decides what is proposed; somebody else looks within 24 hours."""
    async with ctx.transaction() as tx:
        review = await _held(tx, review_id)
        _require(review, "proposed")
        await _carry_out(tx, ctx, review, actor_id, agreed_by=[], is_emergency=True)


async def _carry_out(
    tx: Transaction,
    ctx: Context,
    review: Review,
    actor_id: int,
    *,
    agreed_by: list[int],
    is_emergency: bool,
) -> None:
    now, decision_id = ctx.now(), None
    if review.proposal in SERVER_WIDE:
        decision_id = await decide_in(
            tx,
            ctx,
            choice=Choice(
                review.domain,
                severity="suspend"
                if review.proposal == "suspend"
                else "limit"
                if review.proposal == "limit"
                else "noop",
                rejects_media=review.proposal == "reject_media",
                private_comment=review.proposal_text,
                criteria=review.criteria,
                publicity=review.publicity,
                publicity_reason=review.publicity_reason,
                review_id=review.id,
                agreed_by=[one for one in agreed_by if one != actor_id],
            ),
            actor_id=actor_id,
        )
    if review.proposal == "monitor":
        await update_marks(tx, domain=review.domain, marks={"is_watched": True})
    needs_article = review.is_high_impact or review.publicity == "blogged"
    await update_decided(
        tx,
        review_id=review.id,
        decision_id=decision_id,
        is_emergency=is_emergency,
        blog_by=now + BLOG_WITHIN if needs_article else None,
        at=now,
    )
    await _log(tx, ctx, review, actor_id, "decide_about_server")


async def _held(tx: Transaction, review_id: int) -> Review:
    review = await hold_review(tx, review_id=review_id)
    if review is None:
        raise ReviewNotFound
    return review


def _require(review: Review, *states: str) -> None:
    if review.state not in states:
        raise WrongState


def _words(text: str) -> str:
    words = text.strip()
    if not 0 < len(words) <= LONGEST_REASON:
        raise WordsMissing
    return words


async def _log(
    tx: Transaction, ctx: Context, review: Review, actor_id: int | None, verb: str
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("server", review.domain),
        details={"review_id": review.id},
    )
