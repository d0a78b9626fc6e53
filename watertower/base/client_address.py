"""The address a request really comes from, the last hop that is not a proxy; what it counts as."""

from functools import cache, lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any


@cache
def _networks(proxies: str) -> tuple[Any, ...]:
    return tuple(ip_network(p.strip(), strict=False) for p in proxies.split(",") if p.strip())


def _is_trusted(address: str, proxies: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in _networks(proxies))


def client_address(scope: dict[str, Any], headers: dict[str, str], proxies: str) -> str:
    """The client's IP address as text.

    X-Forwarded-For is believed only as far as trusted proxies wrote it: from the right, the
    first address that is not a trusted proxy.
    """
    peer: str = (scope.get("client") or ("",))[0] or ""
    forwarded = headers.get("x-forwarded-for")
    if not forwarded or not _is_trusted(peer, proxies):
        return peer
    for hop in reversed([hop.strip() for hop in forwarded.split(",")]):
        try:
            ip_address(hop)
        except ValueError:
            break
        peer = hop
        if not _is_trusted(hop, proxies):
            break
    return peer


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """What limits count an address by: one customer of IPv6 usually holds a whole /64.

    An address can be written in many ways, so it is read and not cut.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> 64:016x}/64"
