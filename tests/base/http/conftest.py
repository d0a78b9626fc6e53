"""Real servers on loopback, plain and TLS, and clients that may or may not reach them."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from watertower.base.http.client import OutgoingClient
from watertower.base.http.resolver import lookup
from watertower.base.http.rules import OutgoingRules

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
async def serve():
    """Start a server for the given handlers; every path goes to the handler of that name."""
    servers = []

    async def start(tls=None, **handlers):
        application = web.Application()
        for name, handler in handlers.items():
            application.router.add_route("*", f"/{name}", handler)
        server = TestServer(application, host="127.0.0.1", scheme="https" if tls else "http")
        await server.start_server(ssl=tls)
        servers.append(server)
        return server.port

    yield start
    for server in servers:
        await server.close()


@pytest.fixture
async def client_with():
    """Make a client. `names` maps names to addresses, in place of the name servers."""
    clients = []

    def make(*, names=None, **rules):
        rules = {"allow_http": True, "allowed_networks": LOOPBACK, "user_agent": "Test"} | rules

        def look_up(host, port, family):
            if names is None:
                return lookup(host, port, family)
            if host not in names:
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            found = names[host]
            return found() if callable(found) else list(found)

        clients.append(OutgoingClient(OutgoingRules(**rules), look_up=look_up))
        return clients[-1]

    yield make
    for client in clients:
        await client.close()


class Authority:
    """A certificate authority of our own."""

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        self.certificate = self.make(self.name, self.key.public_key(), constraints)
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def make(self, subject, public_key, *extensions, days=2):
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=9))
            .not_valid_after(now + timedelta(days=days))
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def context_for(self, *names, days=2):
        """A server's TLS context with a certificate for these names."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "leaf")])
        alternatives = [
            x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
            for name in names
        ]
        leaf = self.make(
            subject, key.public_key(), x509.SubjectAlternativeName(alternatives), days=days
        )
        file = self.folder / f"leaf-{names[0]}-{days}.pem"
        file.write_bytes(
            leaf.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)
