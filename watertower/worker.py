"""The worker process: reactions, jobs and the schedule. The same code in any number."""

import asyncio
import contextlib
import signal
from datetime import datetime

import structlog
import uvloop

from watertower.assemble import assembled
from watertower.base.context import Context
from watertower.base.log import set_up_logs
from watertower.base.queue.job import Lane
from watertower.base.settings import Settings
from watertower.base.work.run import Runner
from watertower.base.work.take_turn import take_turn
from watertower.federation.background import BACKGROUND
from watertower.jobs import JOBS
from watertower.schedule import SCHEDULE

log = structlog.get_logger()


def serve(settings: Settings, *, lanes: list[Lane] | None = None) -> None:
    """Work until SIGTERM or SIGINT, then finish the jobs at hand."""
    set_up_logs(settings.log, process="worker")
    uvloop.run(_serve(settings, lanes or list(Lane)))


async def _serve(settings: Settings, lanes: list[Lane]) -> None:
    async with assembled(settings, connections=settings.database.worker_connections) as ctx:
        runner = Runner(ctx, JOBS, lanes)
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopped.set)
        tasks = [
            asyncio.create_task(runner.run()),
            asyncio.create_task(keep_schedule(ctx)),
            *(asyncio.create_task(run(ctx)) for lane, run in BACKGROUND if lane in lanes),
        ]
        waiting = asyncio.create_task(stopped.wait())
        log.info("working", lanes=[lane.value for lane in lanes])
        await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        runner.stop()
        for task in tasks[1:]:
            task.cancel()
        done, _ = await asyncio.wait(tasks, timeout=9)
        for task in done:
            with contextlib.suppress(asyncio.CancelledError):
                task.result()


async def keep_schedule(ctx: Context) -> None:
    """Start what is due, looking once a second; each turn is taken by one worker only."""
    last: dict[str, datetime] = {}
    while True:
        now = ctx.now()
        for entry in SCHEDULE:
            due = last.get(entry.job.name)
            if due is not None and now < due + entry.every:
                continue
            last[entry.job.name] = now
            try:
                async with ctx.transaction() as tx:
                    if await take_turn(tx, name=entry.job.name, every=entry.every, now=now):
                        tx.enqueue(entry.job.queued(unique_key=f"schedule {entry.job.name}"))
            except Exception:  # the schedule outlives a database that is away
                log.warning("schedule", job=entry.job.name, exc_info=True)
                await asyncio.sleep(5)
        await asyncio.sleep(1)
