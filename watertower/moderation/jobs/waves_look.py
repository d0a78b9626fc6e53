"""Looks for waves: each minute at what was written since, a thousand at a time."""

import asyncio
from collections.abc import Mapping, Sequence

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.queue.job import Lane, job
from watertower.base.text.sanitise import plain_text
from watertower.moderation.model.waves import (
    JOINED_WITHIN,
    SHAPES_KEPT,
    WAVES_KEPT,
    WINDOW,
)
from watertower.moderation.queries.wave_shapes import (
    delete_old_shapes,
    find_mark,
    insert_post_shapes,
    insert_report_shapes,
    list_near,
    list_new_reports,
    list_reported,
    list_unshaped,
    update_joined,
    upsert_mark,
)
from watertower.moderation.queries.waves import count_again, insert_wave, list_joinable
from watertower.moderation.rules.shapes import hosts_in, sketches_of
from watertower.moderation.rules.waves import Shape, join, waves_among
from watertower.moderation.steps.inbound_judge import hosts_of

PART = 1000
MOST_PARTS = 30  # of one run: what is left waits a minute
MOST_NEAR = 20_000
SAMPLE = 500


@job(Lane.SCHEDULED, attempts=1)
async def look_for_waves(ctx: Context) -> None:
    """Posts first, then reports, which may name older posts."""
    for _ in range(MOST_PARTS):
        async with ctx.reading() as tx:
            rows = await list_unshaped(tx, since=ctx.now() - WINDOW, limit=PART)
        await _posts(ctx, rows)
        if len(rows) < PART:
            break
    for _ in range(MOST_PARTS):
        if not await _reports(ctx):
            break


@job(Lane.SCHEDULED, attempts=1)
async def forget_shapes(ctx: Context) -> None:
    """What can be part of no wave any more."""
    async with ctx.transaction() as tx:
        await delete_old_shapes(
            tx, before=ctx.now() - SHAPES_KEPT, waves_before=ctx.now() - WAVES_KEPT
        )


async def _posts(ctx: Context, rows: Sequence[Row]) -> None:
    if not rows:
        return
    texts: dict[int, str] = {}
    hosts: dict[int, frozenset[str]] = {}
    shapes = []
    for row in rows:
        text = f"{row['content_warning']}\n{plain_text(row['content_html'])}".strip()
        texts[row["id"]] = text
        hosts[row["id"]] = hosts_of(row["content_html"])
        sketches = sketches_of(text, row["media_hashes"])
        shapes.append((row["id"], row["account_id"], row["domain"], sketches))
    await asyncio.sleep(0)
    async with ctx.transaction() as tx:
        await insert_post_shapes(tx, shapes=shapes)
        new = [Shape(one[0], one[1], one[3]) for one in shapes if one[3]]
        await _sort(tx, ctx, "posts", new, texts=texts, hosts=hosts)


async def _reports(ctx: Context) -> bool:
    """Look at the next part; whether there was one."""
    async with ctx.reading() as tx:
        mark = await find_mark(tx, name="reports")
        rows = await list_new_reports(
            tx, after_id=mark, since=ctx.now() - JOINED_WITHIN, limit=PART
        )
        named = sorted({one for row in rows for one in row["status_ids"]})
        posts = await list_reported(tx, status_ids=named) if named else []
    await _posts(ctx, posts)
    if not rows:
        return False
    texts = {row["id"]: row["comment"] for row in rows}
    shapes = [(row["id"], row["account_id"], sketches_of(row["comment"])) for row in rows]
    async with ctx.transaction() as tx:
        await insert_report_shapes(tx, shapes=shapes)
        new = [Shape(*one) for one in shapes if one[2]]
        hosts = {report_id: hosts_in(text) for report_id, text in texts.items()}
        await _sort(tx, ctx, "reports", new, texts=texts, hosts=hosts)
        await upsert_mark(tx, name="reports", last_id=rows[-1]["id"])
    return len(rows) == PART


async def _sort(
    tx: Transaction,
    ctx: Context,
    kind: str,
    new: Sequence[Shape],
    *,
    texts: Mapping[int, str],
    hosts: Mapping[int, frozenset[str]],
) -> None:
    """What is new joins a wave, or makes one with what came before."""
    if not new:
        return
    now = ctx.now()
    sketches = sorted({one for shape in new for one in shape.sketches})
    waves = await list_joinable(tx, kind=kind, sketches=sketches, since=now - JOINED_WITHIN)
    joined = join(new, [(wave["id"], wave["sketches"]) for wave in waves])
    for wave_id, ids in joined.items():
        await update_joined(tx, kind=kind, ids=ids, wave_id=wave_id)
    rows = await list_near(tx, kind=kind, sketches=sketches, since=now - WINDOW, limit=MOST_NEAR)
    changed = set(joined)
    for group in waves_among(Shape(row["id"], row["who"], row["sketches"]) for row in rows):
        # Someone of the new ones is in every new group: the texts of older ones are not at hand.
        first = next((shape for shape in group if shape.id in texts), None)
        if first is None:
            continue
        wave_id = await insert_wave(
            tx,
            kind=kind,
            sample=texts[first.id][:SAMPLE],
            hosts=sorted(hosts[first.id])[:10],
            sketches=first.sketches,
            at=now,
        )
        await update_joined(tx, kind=kind, ids=[shape.id for shape in group], wave_id=wave_id)
        changed.add(wave_id)
    if changed:
        await count_again(tx, wave_ids=sorted(changed), at=now)
