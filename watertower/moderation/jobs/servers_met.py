"""A server was met for the first time: its review begins if it was watched for."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job


@job(Lane.LOCAL)
async def meet_server(ctx: Context, *, domain: str) -> None:
    """To be."""
