"""Opens the ports. The supervisor holds them, so that a restarted process finds its port free."""

import errno
import socket

from watertower.cli.failure import CommandFailed

_WAITING_CONNECTIONS = 1024


def listen_on(host: str, port: int, *, setting: str) -> socket.socket:
    """A listening socket. Port 0 takes any free one. `setting` names what to change.

    Raises CommandFailed with a sentence for the operator when the port cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise CommandFailed(f"{setting} names {host}, which has no address: {error}.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_WAITING_CONNECTIONS)
    except OSError as error:
        listener.close()
        raise CommandFailed(_why(error, host, port, setting)) from error
    listener.setblocking(False)
    return listener


def bound_to(listener: socket.socket) -> str:
    """`host:port` of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _why(error: OSError, host: str, port: int, setting: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program, perhaps another Watertower. "
            f"Stop it, or choose another port: {setting}={shown}:{port + 10}"
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {port} needs rights that we do not have. Choose another: {setting}={shown}:3000"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine. Change {setting}."
    return f"Cannot listen on {shown}:{port}: {error}. Change {setting}."
