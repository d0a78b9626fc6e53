"""Signed requests in the shapes that peers send. `requests.json` was signed with openssl."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watertower.federation.signatures.errors import SignatureRefused
from watertower.federation.signatures.keys import make_key_pair
from watertower.federation.signatures.verify import signature_of, verify

REQUESTS = json.loads(Path(__file__).with_name("requests.json").read_text())


@dataclass(frozen=True)
class Signed:
    """A signed request, and all that is needed to judge it."""

    method: str
    target: str
    headers: tuple
    body: bytes
    at: datetime
    public_pem: str
    key_id: str
    host: str = "tower.example"
    scheme: str = "https"

    def received(self):
        return signature_of(self.method, self.target, self.headers)

    def verify(self, now=None):
        verify(
            self.received(),
            public_pem=self.public_pem,
            body=self.body,
            host=self.host,
            now=now or self.at,
            scheme=self.scheme,
        )

    def refusal(self, now=None):
        """The name of the error it is refused with, or None."""
        try:
            self.verify(now)
        except SignatureRefused as error:
            return type(error).__name__
        return None

    def with_header(self, name, value):
        """The same with one header changed, or left out."""
        kept = [(key, old) for key, old in self.headers if key.lower() != name.lower()]
        return replace(self, headers=(*kept, (name, value)) if value is not None else tuple(kept))

    def header(self, name):
        return next(value for key, value in self.headers if key.lower() == name.lower())


def recorded(name):
    request = REQUESTS[name]
    return Signed(
        method=request["method"],
        target=request["target"],
        headers=tuple((key, value) for key, value in request["headers"]),
        body=request["body"].encode(),
        at=datetime.fromtimestamp(request["at"], UTC),
        public_pem=request["public_pem"],
        key_id=request["key_id"],
    )


@pytest.fixture(params=REQUESTS)
def signed(request):
    """Each recorded request in turn."""
    return recorded(request.param)


@pytest.fixture
def a_request():
    """One recorded request, by the beginning of its name."""

    def find(beginning):
        return recorded(next(name for name in REQUESTS if name.startswith(beginning)))

    return find


@pytest.fixture(scope="session")
def key_pair():
    return make_key_pair()
