"""/desk/inbound: rules, one rule, and the form to write it."""

from datetime import timedelta

from watertower.base.errors import Conflict, Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.access.inbound import held_for_desk, rule_for_desk, rules_for_desk
from watertower.moderation.access.waves import wave_for_rule
from watertower.moderation.actions.inbound.write_rule import (
    end_rule,
    simulate_again,
    switch_on,
    undo_all,
    write_rule,
)
from watertower.moderation.model.inbound import LONGEST_LIFE, Conditions, Effects, Origin
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

ORIGINS = (
    ("remote", "Posts from other servers"),
    ("local", "Posts of our members"),
    ("any", "All posts"),
)
LIVES = ((1, "1 day"), (3, "3 days"), (14, "2 weeks"), (30, "30 days"), (90, "90 days"))
LISTS = (
    ("texts", "Text", "Found anywhere in the post, also in the warning. * stands for anything."),
    ("link_hosts", "Links to", "A host each, as shop.example; *.shop.example for all below it."),
    ("domains", "From servers", "Written in the same way."),
    ("software", "Software of the server", "As mastodon or lemmy."),
    ("languages", "Languages", "As en or de."),
    ("media_hashes", "Media", "Blurhashes of pictures, as the other server sends them."),
)
EFFECTS = (
    ("hold", "Hold it until somebody has looked", "Nobody sees it before that."),
    ("limit", "Limit the account here", "Who follows it notices nothing."),
    ("sensitise", "Cover its media", ""),
    ("quiet", "Notify nobody of it", "For posts from other servers."),
)


async def get_rules(request: WebRequest) -> Response:
    """All rules, and how much is held."""
    return page(
        request,
        "desk/inbound_rules.html",
        rules=await rules_for_desk(request.ctx),
        held_count=(await held_for_desk(request.ctx)).count,
        words=words_of,
    )


async def get_rule(request: WebRequest) -> Response:
    """One rule: what it says, would have caught, did."""
    return await _show(request)


async def get_new_rule(request: WebRequest) -> Response:
    """An empty form, or one filled in from a wave."""
    conditions, name = Conditions(), ""
    wave_id = id_of(request.params.get("wave"))
    if wave_id is not None:
        conditions, name = await wave_for_rule(request.ctx, wave_id=wave_id)
    return _form(
        request, None, name, conditions, Effects(hold=wave_id is not None), wave_id=wave_id
    )


async def get_edit_rule(request: WebRequest) -> Response:
    """The form with the rule as it is."""
    seen, _ = await rule_for_desk(request.ctx, rule_id=request.path_id())
    rule = seen.rule
    return _form(request, rule.id, rule.name, rule.conditions, rule.effects, reason=rule.reason)


async def post_new_rule(request: WebRequest) -> Response:
    """Write it."""
    return await _write(request, None)


async def post_edit_rule(request: WebRequest) -> Response:
    """Write a new version."""
    return await _write(request, request.path_id())


async def post_simulate(request: WebRequest) -> Response:
    """Look again."""
    rule_id = request.path_id()
    await simulate_again(request.ctx, actor_id=request.my_account_id, rule_id=rule_id)
    return redirect(f"/desk/inbound/{rule_id}", 303)


async def post_switch_on(request: WebRequest) -> Response:
    """Let it hold."""
    days = id_of(request.params.get("days")) or 0
    try:
        await switch_on(
            request.ctx,
            actor_id=request.my_account_id,
            rule_id=request.path_id(),
            life=timedelta(days=min(days, LONGEST_LIFE.days + 1)),
        )
    except (Invalid, Conflict) as refused:
        return await _show(request, wrong=f"{refused.says}.", status=422)
    return redirect(f"/desk/inbound/{request.path_id()}", 303)


async def post_end(request: WebRequest) -> Response:
    """Let it hold no longer."""
    await end_rule(
        request.ctx,
        actor_id=request.my_account_id,
        rule_id=request.path_id(),
        reason=request.line("reason"),
    )
    return redirect(f"/desk/inbound/{request.path_id()}", 303)


async def post_undo(request: WebRequest) -> Response:
    """Take back what it did."""
    await undo_all(
        request.ctx,
        actor_id=request.my_account_id,
        rule_id=request.path_id(),
        reason=request.line("reason"),
    )
    return redirect(f"/desk/inbound/{request.path_id()}", 303)


async def _show(request: WebRequest, *, wrong: str = "", status: int = 200) -> Response:
    seen, versions = await rule_for_desk(request.ctx, rule_id=request.path_id())
    return page(
        request,
        "desk/inbound_rule.html",
        status=status,
        seen=seen,
        rule=seen.rule,
        versions=versions,
        says=words_of(seen.rule.conditions),
        does=effects_of(seen.rule.effects),
        lives=LIVES,
        wrong=wrong,
    )


async def _write(request: WebRequest, rule_id: int | None) -> Response:
    conditions, effects = _typed(request)
    name, reason = request.line("name"), request.text("reason", 2000).strip()
    wave_id = id_of(request.params.get("wave"))
    try:
        rule_id = await write_rule(
            request.ctx,
            actor_id=request.my_account_id,
            name=name,
            conditions=conditions,
            effects=effects,
            reason=reason,
            rule_id=rule_id,
            wave_id=wave_id,
        )
    except Invalid as refused:
        return _form(
            request,
            rule_id,
            name,
            conditions,
            effects,
            reason=reason,
            wave_id=wave_id,
            wrong=f"{refused.says}.",
        )
    return redirect(f"/desk/inbound/{rule_id}", 303)


def _typed(request: WebRequest) -> tuple[Conditions, Effects]:
    origin = request.text("origin")
    lists = {name: _lines(request, name) for name, _, _ in LISTS}
    return (
        Conditions(
            origin=Origin(origin) if origin in {"remote", "local", "any"} else Origin.REMOTE,
            mentions_at_least=id_of(request.params.get("mentions_at_least")),
            younger_than_days=id_of(request.params.get("younger_than_days")),
            has_no_followers_here=request.is_on("has_no_followers_here"),
            has_media=request.is_on("has_media"),
            has_link=request.is_on("has_link"),
            **lists,
        ),
        Effects(
            **{name: request.is_on(name) for name, _, _ in EFFECTS}, tag=request.line("tag", 200)
        ),
    )


def _lines(request: WebRequest, name: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in request.text(name).splitlines())
    found = (line if name in {"texts", "media_hashes"} else line.lower() for line in lines if line)
    return tuple(dict.fromkeys(found))


def _form(
    request: WebRequest,
    rule_id: int | None,
    name: str,
    conditions: Conditions,
    effects: Effects,
    *,
    reason: str = "",
    wave_id: int | None = None,
    wrong: str = "",
) -> Response:
    return page(
        request,
        "desk/inbound_form.html",
        status=422 if wrong else 200,
        action=f"/desk/inbound/{rule_id}/edit" if rule_id else "/desk/inbound/new",
        rule_id=rule_id,
        name=name,
        conditions=conditions,
        lists=[(one, word, says, "\n".join(getattr(conditions, one))) for one, word, says in LISTS],
        effects=effects,
        boxes=[(one, word, says, getattr(effects, one)) for one, word, says in EFFECTS],
        origins=ORIGINS,
        reason=reason,
        wave_id=wave_id,
        wrong=wrong,
    )


def words_of(conditions: Conditions) -> list[str]:
    """The conditions in words, one line each."""
    lines = [dict(ORIGINS)[str(conditions.origin)]]
    lines += [
        f"{word}: {' or '.join(getattr(conditions, name))}"
        for name, word, _ in LISTS
        if getattr(conditions, name)
    ]
    if conditions.mentions_at_least is not None:
        lines.append(f"Mentions {conditions.mentions_at_least} people or more")
    if conditions.younger_than_days is not None:
        lines.append(f"The account is younger than {conditions.younger_than_days} days")
    if conditions.has_no_followers_here:
        lines.append("Nobody here follows the account")
    if conditions.has_media:
        lines.append("It has media")
    if conditions.has_link:
        lines.append("It has a link")
    return lines


def effects_of(effects: Effects) -> list[str]:
    """What the rule does, in words."""
    lines = [word for name, word, _ in EFFECTS if getattr(effects, name)]
    return [*lines, f"Tag it “{effects.tag}”"] if effects.tag else lines
