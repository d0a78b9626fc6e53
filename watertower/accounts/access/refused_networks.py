"""Networks that may not come in at all, kept in each process: no query for any request.

Read when the process begins to listen for live events, and again whenever a block changed.
"""

from datetime import datetime
from ipaddress import ip_address

from watertower.accounts.queries.ip_blocks import list_refused_networks
from watertower.accounts.who_may_knock import network_of_text
from watertower.base.context import Context

EVENT = "ip_blocks_changed"

Known = dict[tuple[int, int], dict[int, datetime | None]]


class RefusedNetworks:
    """Answers whether an address may come in. One look-up for each length of network there is."""

    def __init__(self) -> None:
        self._known: Known = {}

    @property
    def is_empty(self) -> bool:
        """Whether everybody may come in."""
        return not self._known

    async def read(self, ctx: Context) -> None:
        """Learn what is decided now."""
        async with ctx.reading() as tx:
            rows = await list_refused_networks(tx, at=ctx.now())
        known: Known = {}
        for text, until in rows:
            network = network_of_text(text)
            if network is not None:
                length = network.max_prefixlen - network.prefixlen
                key = int(network.network_address) >> length
                known.setdefault((network.version, length), {})[key] = until
        self._known = known

    def refuses(self, address: str, *, now: datetime) -> bool:
        """Whether this address is in a network that may not come in."""
        if not self._known:
            return False
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        if parsed.version == 6 and (mapped := parsed.ipv4_mapped) is not None:
            parsed = mapped
        number = int(parsed)
        for (version, length), networks in self._known.items():
            if version == parsed.version and (key := number >> length) in networks:
                until = networks[key]
                if until is None or until > now:
                    return True
        return False
