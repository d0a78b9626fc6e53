"""What of the federation door runs beside the jobs, in every worker process."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane
from watertower.federation.delivery.deliver import Deliverer
from watertower.federation.intake import Intake


async def take_in(ctx: Context) -> None:
    """Process received activities until cancelled."""
    await Intake(ctx).run()


async def deliver(ctx: Context) -> None:
    """Deliver what is due until cancelled."""
    await Deliverer(ctx).run()


# Beside which lane of jobs each runs.
BACKGROUND = ((Lane.INGRESS, take_in), (Lane.PUSH, deliver))
