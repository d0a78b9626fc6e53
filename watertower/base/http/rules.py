"""What the outgoing client may do: made once from the settings, the same for every request."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from watertower.base.settings import Settings

Network = IPv4Network | IPv6Network
NAME = "Watertower"  # how servers of this kind call themselves when they ask


@dataclass(frozen=True)
class OutgoingRules:
    """Who may be contacted, how, and for how long. The defaults are those of a real server.

    `allowed_networks` are private networks that may be contacted nevertheless. Behind NAT64
    its prefix (64:ff9b::/96) belongs there too. `allow_http` permits plain http and any port.
    `total_seconds` bounds a whole request: names, connection, redirects and body.
    """

    allowed_networks: tuple[Network, ...] = ()
    extra_ca_file: str = ""
    allow_http: bool = False
    user_agent: str = NAME
    total_seconds: float = 20.0
    name_seconds: float = 5.0
    connect_seconds: float = 5.0
    first_byte_seconds: float = 10.0
    connections: int = 200
    connections_per_host: int = 10


def rules_of(settings: Settings, *, version: str) -> OutgoingRules:
    """The rules that the operator's settings ask for. ValueError for a network that is none."""
    federation = settings.federation
    names = (name.strip() for name in federation.allowed_networks.split(","))
    return OutgoingRules(
        allowed_networks=tuple(ip_network(name) for name in names if name),
        extra_ca_file=federation.extra_ca_file,
        allow_http=federation.allow_http,
        user_agent=f"{NAME}/{version} (+{settings.base_url}/)",
        total_seconds=federation.outgoing_deadline_seconds,
    )
