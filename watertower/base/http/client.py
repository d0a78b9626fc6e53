"""The guarded outgoing client. Everybody who asks another machine for something comes here.

It promises its callers four things: no byte goes to a machine that is not on the public
internet (`addresses`), nobody's secrets follow a redirect to somebody else (`question`), an
answer is never larger than its limit, and every call ends before its deadline, with an Answer
or with one of the errors of this package.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from secrets import token_hex

import aiohttp
from multidict import CIMultiDictProxy
from prometheus_client import Counter
from yarl import URL

from watertower.base.http.answer import Answer
from watertower.base.http.content_types import is_acceptable
from watertower.base.http.decoding import Decoder
from watertower.base.http.errors import BadRedirect, OutgoingFailed, TooLargeAnswer, WrongType
from watertower.base.http.failures import NETWORK_ERRORS, failure_of
from watertower.base.http.question import Question, Sign
from watertower.base.http.resolver import GuardedResolver, Lookup, guarded_sockets, lookup
from watertower.base.http.rules import OutgoingRules
from watertower.base.http.urls import checked_url

OUTGOING = Counter(
    "watertower_outgoing", "Requests to other machines, by how they ended.", ["outcome"]
)
Keep = Callable[[bytes], Awaitable[None]]


class DiskFailed(Exception):  # noqa: N818  # never leaves this file
    """Carries the disk's OSError past the place where OSErrors are the network's."""


class OutgoingClient:
    """One for each process, shared by all; connections are kept and used again.

    Uses no cookies, no proxy and no password from the environment. `look_up` resolves names;
    only tests have another one. OSError when `extra_ca_file` cannot be read.
    """

    def __init__(self, rules: OutgoingRules, *, look_up: Lookup = lookup) -> None:
        self.rules = rules
        self._look_up = look_up
        self._tls = tls_context(rules)
        self._resolver: GuardedResolver | None = None
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        limit_bytes: int,
        accept_types: Sequence[str] | None = None,
        max_redirects: int = 3,
        sign: Sign | None = None,
        deadline_seconds: float | None = None,
    ) -> Answer:
        """Ask, follow up to `max_redirects` redirects, and read the whole answer.

        Only GET and HEAD follow redirects; with `max_redirects=0`, and for all other methods,
        the redirect itself is the answer. `accept_types` holds for successful answers. `sign`
        is called anew for each hop. Raises subclasses of OutgoingFailed and nothing else.
        """
        content = bytearray()

        async def keep(piece: bytes) -> None:
            content.extend(piece)

        question = Question(
            method=method.upper(),
            url=self._checked(url),
            headers=headers or {},
            body=body,
            limit_bytes=limit_bytes,
            accept_types=tuple(accept_types or ()),
            max_redirects=max_redirects,
            sign=sign,
            deadline_seconds=deadline_seconds or self.rules.total_seconds,
        )
        status, received, final = await self._counted(question, keep)
        return Answer(status, received, bytes(content), str(final))

    async def download(
        self,
        url: str,
        *,
        limit_bytes: int,
        to: Path,
        headers: Mapping[str, str] | None = None,
        accept_types: Sequence[str] | None = None,
        max_redirects: int = 3,
        sign: Sign | None = None,
        deadline_seconds: float | None = None,
    ) -> Answer:
        """Fetch into a file, never holding more than a piece of it in memory.

        The file appears whole and only if the answer `is_ok`; the Answer's body stays empty.
        Raises like `request`, and OSError when the disk fails.
        """
        part = to.with_name(f".{to.name}.{token_hex(6)}.part")
        question = Question(
            method="GET",
            url=self._checked(url),
            headers=headers or {},
            body=b"",
            limit_bytes=limit_bytes,
            accept_types=tuple(accept_types or ()),
            max_redirects=max_redirects,
            sign=sign,
            deadline_seconds=deadline_seconds or self.rules.total_seconds,
        )
        file = await asyncio.to_thread(part.open, "xb")
        try:

            async def keep(piece: bytes) -> None:
                try:
                    await asyncio.to_thread(file.write, piece)
                except OSError as error:
                    raise DiskFailed from error

            status, received, final = await self._counted(question, keep)
            await asyncio.to_thread(file.close)
            answer = Answer(status, received, b"", str(final))
            if answer.is_ok:
                await asyncio.to_thread(part.replace, to)
        except DiskFailed as error:
            raise (error.__cause__ or error) from None
        finally:
            file.close()
            part.unlink(missing_ok=True)
        return answer

    async def close(self) -> None:
        """Close all connections. The client may be used again afterwards."""
        session, self._session = self._session, None
        resolver, self._resolver = self._resolver, None
        if session is not None:
            await session.close()
        if resolver is not None:
            await resolver.close()

    def _checked(self, url: str) -> URL:
        try:
            return checked_url(url, self.rules)
        except OutgoingFailed as error:
            OUTGOING.labels(outcome=error.outcome).inc()
            raise

    async def _counted(
        self, question: Question, keep: Keep
    ) -> tuple[int, CIMultiDictProxy[str], URL]:
        """Ask within the deadline; count how it ended; let no error of the library through."""
        try:
            async with asyncio.timeout(question.deadline_seconds):
                answered = await self._follow(question, keep)
        except OutgoingFailed as error:
            OUTGOING.labels(outcome=error.outcome).inc()
            raise
        except NETWORK_ERRORS as error:
            failure = failure_of(error, host=question.url.raw_host or "")
            OUTGOING.labels(outcome=failure.outcome).inc()
            raise failure from error
        OUTGOING.labels(outcome=f"status_{answered[0] // 100}xx").inc()
        return answered

    async def _follow(
        self, question: Question, keep: Keep
    ) -> tuple[int, CIMultiDictProxy[str], URL]:
        """Ask, and ask again where redirects lead."""
        url, seen = question.url, {question.url}
        while True:
            async with self._open().request(
                question.method,
                url,
                headers=question.headers_for(url, self.rules),
                data=question.body or None,
                allow_redirects=False,
            ) as response:
                location = response.headers.get("Location", "")
                target = question.next_hop(url, response.status, location, self.rules)
                if target is None:
                    try:
                        await read_answer(response, question, keep)
                    except BaseException:
                        response.close()  # The rest of the answer is not wanted.
                        raise
                    return response.status, response.headers, url
                response.close()
            if target in seen or len(seen) > question.max_redirects:
                raise BadRedirect(host=question.url.raw_host or "")
            seen.add(target)
            url = target

    def _open(self) -> aiohttp.ClientSession:
        """The session, made at first use because it belongs to the running loop."""
        if self._session is None:
            rules = self.rules
            self._resolver = GuardedResolver(rules, look_up=self._look_up)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=self._resolver,
                    socket_factory=guarded_sockets(rules),
                    ssl=self._tls,
                    limit=rules.connections,
                    limit_per_host=rules.connections_per_host,
                    ttl_dns_cache=60,
                ),
                timeout=aiohttp.ClientTimeout(
                    total=None,  # `_counted` holds the deadline, redirects included
                    sock_connect=rules.connect_seconds,
                    sock_read=rules.first_byte_seconds,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Content-Type",),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


async def read_answer(response: aiohttp.ClientResponse, question: Question, keep: Keep) -> None:
    """Hand the content on in pieces, unpacked, within the limit.

    An error's page is cut at the limit instead: what counts is its status.
    """
    is_error = response.status >= 400
    content_type = response.headers.get("Content-Type", "")
    has_content = question.method != "HEAD" and response.status not in {204, 304}
    is_typed = response.status < 300 and has_content and bool(question.accept_types)
    if is_typed and not is_acceptable(content_type, question.accept_types):
        raise WrongType(host=question.url.raw_host or "")
    if not has_content:
        return
    if not is_error and (response.content_length or 0) > question.limit_bytes:
        raise TooLargeAnswer(host=question.url.raw_host or "")
    try:
        decoder = Decoder(
            response.headers.get("Content-Encoding", ""), limit_bytes=question.limit_bytes
        )
        async for packed in response.content.iter_any():
            for piece in decoder.feed(packed):
                await keep(piece)
        decoder.finish()
    except OutgoingFailed:
        if not is_error:
            raise
        response.close()


def tls_context(rules: OutgoingRules) -> ssl.SSLContext:
    """Certificates are always checked, against the system's authorities (or SSL_CERT_FILE's).

    The extra file adds to them.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if rules.extra_ca_file:
        context.load_verify_locations(cafile=rules.extra_ca_file)
    return context
