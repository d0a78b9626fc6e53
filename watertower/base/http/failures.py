"""The library's errors in our words, so that nobody above needs to know the library."""

import socket
import ssl

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from watertower.base.http.errors import (
    AddressRefused,
    BadAddress,
    BadAnswer,
    BadTls,
    ConnectionFailed,
    NameNotFound,
    OutgoingFailed,
    TimedOut,
)
from watertower.base.http.resolver import RefusedByGuard

# Everything a request may raise that is the network's doing and not ours.
NETWORK_ERRORS = (aiohttp.ClientError, HttpProcessingError, TimeoutError, OSError)


def failure_of(error: Exception, *, host: str) -> OutgoingFailed:
    """What one of NETWORK_ERRORS means. The order matters: certificates are OSErrors too."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, RefusedByGuard):
        return AddressRefused(host=host)
    if isinstance(cause, TimeoutError):
        return TimedOut(host=host)
    tls_errors = (ssl.SSLError, ssl.CertificateError, aiohttp.ClientSSLError)
    if isinstance(error, tls_errors) or isinstance(cause, tls_errors):
        return BadTls(host=host)
    if isinstance(cause, socket.gaierror):
        return NameNotFound(host=host)
    if isinstance(error, aiohttp.InvalidURL):
        return BadAddress(host=host)
    if isinstance(error, (aiohttp.ClientResponseError, HttpProcessingError)):
        return BadAnswer(host=host)
    return ConnectionFailed(host=host)
