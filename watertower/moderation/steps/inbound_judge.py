"""Judges what arrives by the rules that hold, in the transaction that writes it.

What a rule did is written beside it, so that it can be undone. Nothing that a rule does shows
a post to anybody who would not have seen it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

import msgspec

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.text.sanitise import plain_text
from watertower.moderation.model.inbound import Arrival, Effect, Rule, Writer
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.queries.inbound_held import find_writer, upsert_held
from watertower.moderation.queries.inbound_matches import insert_match
from watertower.moderation.queries.standing import list_in_force
from watertower.moderation.rules.inbound import matches_writer, may_match
from watertower.moderation.rules.shapes import host_of, pile_of
from watertower.moderation.steps.log import log
from watertower.moderation.steps.standing import act_in
from watertower.statuses.received import ReceivedStatus, Treatment

SAMPLE = 300  # characters of what is held that are shown, and kept when it is refused
_LINK = re.compile(r'<a\b[^>]{0,2000}?href="https?://([^"/?#]{1,253})[^"]*"[^>]{0,500}>(.?)')


def hosts_of(html: str) -> frozenset[str]:
    """The hosts that a text links to; names and hashtags are no links."""
    return frozenset(
        host_of(unescape(authority))
        for authority, first in _LINK.findall(html)
        if first not in "@#"
    )


def arrival_of(received: ReceivedStatus, domain: str | None) -> Arrival:
    """What rules look at."""
    return Arrival(
        text=f"{received.content_warning}\n{plain_text(received.content_html)}",
        hosts=hosts_of(received.content_html),
        domain=domain,
        language=received.language,
        media_hashes=frozenset(file.blurhash for file in received.media if file.blurhash),
        mentions_count=len(received.mentioned_ids),
        has_media=bool(received.media),
    )


async def matching_rules(
    tx: Transaction, ctx: Context, *, rules: Sequence[Rule], arrival: Arrival, account_id: int
) -> list[Rule]:
    """Rules that match; the account is looked up only if one that fits otherwise asks for it."""
    writer: Writer | None = None
    found = []
    for rule in rules:
        if not may_match(rule.conditions, arrival):
            continue
        if rule.conditions.asks_about_author:
            writer = writer or await find_writer(tx, account_id=account_id)
            if writer is None or not matches_writer(rule.conditions, writer, ctx.now()):
                continue
        found.append(rule)
    return found


@dataclass
class RuleJudge:
    """Judges one post (statuses/received.py: Judge)."""

    ctx: Context
    rules: Sequence[Rule]
    kind: str = "post"  # or edit
    announces: bool = True
    _matched: list[Rule] = field(default_factory=list)
    _was_covered: bool = False

    @classmethod
    def having_matched(
        cls, ctx: Context, matched: Sequence[Rule], *, was_covered: bool
    ) -> "RuleJudge":
        """Of a member's post, which was judged before it was written."""
        return cls(ctx, matched, _matched=list(matched), _was_covered=was_covered)

    async def judge(
        self, tx: Transaction, *, author_id: int, domain: str | None, received: ReceivedStatus
    ) -> Treatment:
        """How to keep it; what is held is put aside here."""
        arrival = arrival_of(received, domain)
        self._matched = await matching_rules(
            tx, self.ctx, rules=self.rules, arrival=arrival, account_id=author_id
        )
        self._was_covered = received.is_sensitive
        holding = next((rule for rule in self._matched if rule.effects.hold), None)
        if holding is not None:
            await hold(
                tx,
                self.ctx,
                rule=holding,
                kind=self.kind,
                account_id=author_id,
                domain=domain,
                uri=received.uri,
                packed=msgspec.json.encode(received).decode(),
                announces=self.announces,
                arrival=arrival,
            )
            return Treatment(is_held=True)
        return Treatment(
            is_covered=any(rule.effects.sensitise for rule in self._matched),
            is_quiet=any(rule.effects.quiet for rule in self._matched),
        )

    async def kept(self, tx: Transaction, *, author_id: int, status_id: int) -> None:
        """Note what was done, and limit the account if a rule says so."""
        was_covered = self._was_covered
        for rule in self._matched:
            for effect in rule.effects.names:
                changed, action_id = True, None
                if effect is Effect.SENSITISE:
                    changed, was_covered = not was_covered, True
                if effect is Effect.LIMIT:
                    action_id = await _limit(tx, self.ctx, rule, author_id)
                    changed = action_id is not None
                await insert_match(
                    tx,
                    rule_id=rule.id,
                    rule_version=rule.version,
                    effect=effect,
                    account_id=author_id,
                    status_id=status_id,
                    action_id=action_id,
                    tag=rule.effects.tag or None if effect is Effect.TAG else None,
                    changed=changed,
                    at=self.ctx.now(),
                )


async def _limit(tx: Transaction, ctx: Context, rule: Rule, account_id: int) -> int | None:
    """Limit by rule, unless the account is limited by a decision already."""
    if await list_in_force(tx, account_id=account_id, kind=Kind.LIMIT):
        return None
    return await act_in(
        tx,
        ctx,
        decision=Decision(
            kind=Kind.LIMIT,
            target_account_id=account_id,
            reason=f"Inbound rule “{rule.name}”, version {rule.version}",
        ),
        actor_id=None,
    )


async def hold(
    tx: Transaction,
    ctx: Context,
    *,
    rule: Rule,
    kind: str,
    account_id: int,
    domain: str | None,
    uri: str,
    packed: str,
    announces: bool,
    arrival: Arrival,
) -> None:
    """Put something aside until somebody has looked at it; what was refused before stays so."""
    held_id = await upsert_held(
        tx,
        rule_id=rule.id,
        rule_version=rule.version,
        kind=kind,
        account_id=account_id,
        domain=domain,
        uri=uri,
        received=packed,
        announces=announces,
        pile=pile_of(arrival.text, arrival.media_hashes),
        sample=" ".join(arrival.text.split())[:SAMPLE],
        at=ctx.now(),
    )
    if held_id is None:
        return
    await insert_match(
        tx,
        rule_id=rule.id,
        rule_version=rule.version,
        effect=Effect.HOLD,
        account_id=account_id,
        held_id=held_id,
        at=ctx.now(),
    )
    await log(
        tx,
        at=ctx.now(),
        actor_id=None,
        verb="hold post",
        subject=("account", account_id),
        reason=f"Inbound rule “{rule.name}”, version {rule.version}",
        details={"held_id": str(held_id), "rule_id": str(rule.id)},
    )
