"""Names to addresses, with a guard at both ends.

A name is refused when any of its addresses is not public: a mixed answer is how rebinding
begins. aiohttp asks no resolver for literals, so the socket factory looks once more at the
address that is really about to be connected to.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

from watertower.base.http.addresses import may_connect
from watertower.base.http.rules import OutgoingRules

NAMES_AT_ONCE = 16
ADDRESSES_PER_NAME = 6
# What `loop.getaddrinfo` and a socket factory speak of: family, type, proto, name, address.
AddressInfo = tuple[
    int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
]
Lookup = Callable[[str, int, int], list[str]]


class RefusedByGuard(OSError):  # noqa: N818  # it reads as what happened
    """An address we may not connect to. An OSError, so that aiohttp tidies up after it."""


def lookup(host: str, port: int, family: int) -> list[str]:
    """Ask the system for the addresses of a name. Blocks; OSError when there are none."""
    try:
        found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, "not a name") from error
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class GuardedResolver(AbstractResolver):
    """Resolves in threads of its own, so that slow name servers delay nothing but their names."""

    def __init__(self, rules: OutgoingRules, *, look_up: Lookup = lookup) -> None:
        self._rules = rules
        self._look_up = look_up
        self._threads = ThreadPoolExecutor(NAMES_AT_ONCE, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name, at most ADDRESSES_PER_NAME.

        Raises RefusedByGuard when one of them may not be contacted, another OSError when there
        are none or the answer does not come in time.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._rules.name_seconds):
                addresses = await loop.run_in_executor(
                    self._threads, self._look_up, host, port, family
                )
        except TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer in time") from None
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no addresses")
        if not all(may_connect(each, self._rules.allowed_networks) for each in addresses):
            raise RefusedByGuard("address refused")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses[:ADDRESSES_PER_NAME]
        ]

    async def close(self) -> None:
        """Let the threads go; a lookup that hangs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def guarded_sockets(rules: OutgoingRules) -> Callable[[AddressInfo], socket.socket]:
    """A socket factory that makes sockets only for addresses we may connect to."""

    def make_socket(info: AddressInfo) -> socket.socket:
        family, kind, proto, _, address = info
        if not may_connect(str(address[0]), rules.allowed_networks):
            raise RefusedByGuard("address refused")
        return socket.socket(family, kind, proto)

    return make_socket
