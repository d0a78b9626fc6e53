"""A server was cut off: members who lost somebody by it are told, and can see and export whom."""

from watertower.accounts.queries.severances import take_untold
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.steps.notify import notify

AT_ONCE = 100


@job(Lane.LOCAL)
async def notify_of_severance(ctx: Context, *, domain: str) -> None:
    """Tell each member once; a page of members in each transaction."""
    for policy_domain in _named(domain):
        while True:
            async with ctx.transaction() as tx:
                untold = await take_untold(tx, domain=policy_domain, at=ctx.now(), limit=AT_ONCE)
                for severance_id, account_id in untold:
                    await notify(
                        tx,
                        ctx,
                        account_id=account_id,
                        from_account_id=account_id,
                        kind="severed_relationships",
                        status_id=None,
                        subject_id=severance_id,
                    )
            if len(untold) < AT_ONCE:
                break


def _named(domain: str) -> list[str]:
    """The domain and those above it: lifting a subdomain's own policy may put theirs in force."""
    labels = domain.split(".")
    return [".".join(labels[n:]) for n in range(len(labels))]
