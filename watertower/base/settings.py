"""Settings: what an operator decides before the server starts.

Each field has a default, a unit in its name or its sentence, and the sentence that the
generated page docs/configuration.md shows. What moderators change while the server runs
is a row in the database, never a setting.

Read from a TOML file and from the environment; the environment wins.
"""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


def setting(default: Any, says: str) -> Any:
    """A field with its default and the sentence that documents it."""
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True)
class ServerSettings:
    """Where the server lives and what it calls itself. Environment: WATERTOWER_<NAME>."""

    domain: str = setting(
        "localhost:3000", "The name in every handle and address. Never change it later."
    )
    web_domain: str = setting(
        "", "Where pages and documents are served, if not at the domain itself."
    )
    bind: str = setting("127.0.0.1:3000", "Where the web process listens, as host:port.")
    data_dir: Path = setting(
        Path("data"), "Database, media, secrets and mails of a one-machine server."
    )
    https: bool | None = setting(
        None, "Whether addresses begin with https. Unset: yes, except on localhost."
    )
    web_processes: int = setting(1, "Web processes that `watertower up` starts.")
    worker_processes: int = setting(1, "Worker processes that `watertower up` starts.")
    trusted_proxies: str = setting(
        "127.0.0.1/32,::1/128", "Networks whose X-Forwarded-For we believe, comma separated."
    )
    request_deadline_seconds: float = setting(
        20.0, "After this long a request is answered 503 and its queries are cancelled."
    )
    body_limit_bytes: int = setting(
        1_048_576, "Largest request body outside media uploads, in bytes."
    )
    metrics_token: str = setting(
        "", "A bearer token that may read /metrics from outside the trusted networks."
    )
    compresses: bool = setting(
        True, "Whether answers are compressed here. Switch off where a proxy does it."
    )
    viewer_memory_seconds: float = setting(
        30.0,
        "How long a web process may remember who is behind a token; it hears of every change at once."
        " 0: it asks each time.",
    )
    development: bool | None = setting(
        None,
        "Confirms mail addresses at once and writes mails to a folder. Unset: only on localhost.",
    )


@dataclass(frozen=True)
class DatabaseSettings:
    """PostgreSQL. Environment: DATABASE_URL, WATERTOWER_DATABASE_<NAME>."""

    url: str = setting("", "A PostgreSQL 15 or newer to use instead of the embedded one.")
    replica_url: str = setting("", "A read replica for timelines and search; empty: none.")
    web_connections: int = setting(10, "Connections of each web process.")
    stream_connections: int = setting(3, "Connections of each streaming process.")
    worker_connections: int = setting(10, "Connections of each worker process.")
    connect_deadline_seconds: float = setting(5.0, "Longest wait for a free connection.")
    query_deadline_seconds: float = setting(10.0, "Longest run of one query.")
    statement_cache: int = setting(
        512, "Prepared statements kept by each connection; 0 behind PgBouncer before 1.21."
    )


@dataclass(frozen=True)
class StreamingSettings:
    """Live updates to apps. Environment: WATERTOWER_STREAMING_<NAME>."""

    bind: str = setting(
        "", "Where the streaming process listens, as host:port. Empty: the web port plus one."
    )
    url: str = setting(
        "", "The address that apps are told, ws:// or wss://. Empty: made from the domain."
    )
    socket_queue_events: int = setting(
        200, "Events that may wait for one slow socket before it is dropped."
    )


@dataclass(frozen=True)
class MediaSettings:
    """Pictures, sound and video. Environment: WATERTOWER_MEDIA_<NAME>."""

    store: str = setting(
        "", "Where files are kept: empty for the data directory, or s3://bucket/prefix."
    )
    public_url: str = setting("", "The address files are served from, if not by this server.")
    s3_endpoint: str = setting("", "Address of an S3-compatible service that is not AWS.")
    s3_region: str = setting("us-east-1", "Region of the bucket.")
    s3_access_key: str = setting("", "Access key of the bucket.")
    s3_secret_key: str = setting("", "Secret key of the bucket.")
    image_limit_bytes: int = setting(16 * 1024 * 1024, "Largest picture accepted, in bytes.")
    video_limit_bytes: int = setting(99 * 1024 * 1024, "Largest video or sound accepted, in bytes.")
    image_limit_pixels: int = setting(33_177_600, "Most pixels in a picture (width times height).")
    video_limit_pixels: int = setting(
        8_294_400, "Most pixels in a video frame (width times height)."
    )
    process_seconds: int = setting(300, "Longest run of FFmpeg on one file.")


@dataclass(frozen=True)
class MailSettings:
    """Outgoing mail. Environment: WATERTOWER_MAIL_<NAME>."""

    smtp_url: str = setting(
        "",
        "smtp://user:password@host:587 or smtps://…:465. Empty: mails are files in data_dir/mail.",
    )
    sender: str = setting("", "The From address. Empty: notifications@ the domain.")
    deadline_seconds: float = setting(20.0, "Longest time for sending one mail.")
    reply_to: str = setting(
        "",
        "Where answers to moderation arrive: name@host, of which name+anything@host is piped into "
        "`watertower mail receive`. Empty: people answer on our pages.",
    )


@dataclass(frozen=True)
class FederationSettings:
    """Other servers. Environment: WATERTOWER_FEDERATION_<NAME>."""

    authorized_fetch: bool = setting(
        False, "Answer other servers only when they sign their requests."
    )
    limited: bool = setting(False, "Talk only to servers on the allow list.")
    allowed_networks: str = setting(
        "", "Private networks that may be contacted, comma separated. Development only."
    )
    extra_ca_file: str = setting(
        "", "A file of further certificate authorities to trust. Development only."
    )
    allow_http: bool = setting(
        False, "Contact other servers over plain http and on any port. Development only."
    )
    outgoing_deadline_seconds: float = setting(
        20.0, "Longest time for one outgoing request, redirects included."
    )
    document_limit_bytes: int = setting(
        1_048_576, "Largest document read from another server, in bytes."
    )


@dataclass(frozen=True)
class LimitSettings:
    """How much is too much. Environment: WATERTOWER_LIMITS_<NAME>."""

    enabled: bool = setting(True, "Whether request rates are limited at all.")
    requests_per_5_minutes: int = setting(1500, "Requests of one signed-in person in five minutes.")
    anonymous_per_5_minutes: int = setting(
        300, "Requests of one address without a sign-in in five minutes."
    )
    statuses_per_3_hours: int = setting(300, "Posts and boosts of one person in three hours.")
    uploads_per_30_minutes: int = setting(60, "Media uploads of one person in half an hour.")
    sign_ups_per_30_minutes: int = setting(5, "Sign-ups from one address in half an hour.")
    follows_per_24_hours: int = setting(400, "Follows by one person in a day.")


@dataclass(frozen=True)
class TranslationSettings:
    """A service that translates posts. Environment: WATERTOWER_TRANSLATION_<NAME>."""

    provider: str = setting("none", "none, libretranslate or deepl.")
    url: str = setting(
        "", "Where the service is: https://translate.example, or https://api-free.deepl.com."
    )
    api_key: str = setting("", "What the service asks for; LibreTranslate may need none.")
    deadline_seconds: float = setting(15.0, "Longest time for one translation.")


@dataclass(frozen=True)
class LogSettings:
    """What is written down. Environment: WATERTOWER_LOG_<NAME>."""

    level: str = setting("info", "debug, info, warning or error.")
    format: str = setting("", "text or json. Empty: text on a terminal, else json.")


@dataclass(frozen=True)
class Settings:
    """All settings, one section for each concern."""

    server: ServerSettings = field(default_factory=ServerSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    streaming: StreamingSettings = field(default_factory=StreamingSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    translation: TranslationSettings = field(default_factory=TranslationSettings)
    federation: FederationSettings = field(default_factory=FederationSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    log: LogSettings = field(default_factory=LogSettings)

    @property
    def is_localhost(self) -> bool:
        """Whether the domain is this machine's own, so that development defaults apply."""
        host = self.server.domain.rsplit(":", 1)[0]
        return host in {"localhost", "127.0.0.1", "[::1]"} or host.endswith(".localhost")

    @property
    def is_development(self) -> bool:
        """Whether mail addresses are confirmed at once and mails go to a folder."""
        return self.is_localhost if self.server.development is None else self.server.development

    @property
    def base_url(self) -> str:
        """Scheme and host of every address we make, without a slash at the end."""
        https = (not self.is_localhost) if self.server.https is None else self.server.https
        return f"{'https' if https else 'http'}://{self.server.web_domain or self.server.domain}"

    @property
    def streaming_url(self) -> str:
        """The address apps open a WebSocket to, without the path."""
        if self.streaming.url:
            return self.streaming.url
        if self.is_localhost and not self.server.https:
            host = self.server.domain.rsplit(":", 1)[0]
            return f"ws://{host}:{self.streaming_bind[1]}"
        return self.base_url.replace("http", "ws", 1)

    @property
    def bind(self) -> tuple[str, int]:
        """Host and port of the web process."""
        return split_bind(self.server.bind)

    @property
    def streaming_bind(self) -> tuple[str, int]:
        """Host and port of the streaming process."""
        if self.streaming.bind:
            return split_bind(self.streaming.bind)
        host, port = self.bind
        return host, port + 1

    @property
    def media_url(self) -> str:
        """Scheme, host and prefix of media files, without a slash at the end."""
        return self.media.public_url.rstrip("/") or f"{self.base_url}/media"


def split_bind(bind: str) -> tuple[str, int]:
    """`host:port` or `[v6]:port` as a pair."""
    host, _, port = bind.rpartition(":")
    return host.strip("[]") or "127.0.0.1", int(port)


def sections() -> dict[str, type]:
    """Section name to its dataclass, in the order of the page."""
    return {f.name: f.default_factory for f in fields(Settings)}  # type: ignore[misc]
