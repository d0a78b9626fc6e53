"""Whether the settings fit together and fit a server that strangers use."""

from collections.abc import Iterator

from watertower.base.settings import Settings
from watertower.cli.finding import Finding, fail, ok, warn


def check_settings(settings: Settings) -> Iterator[Finding]:
    """Development settings on a public domain, mail, and addresses that point elsewhere."""
    if settings.is_localhost:
        yield _check_local_address(settings)
        return
    server, federation = settings.server, settings.federation
    if settings.is_development:
        yield fail(
            "development",
            f"{server.domain} is public, but mail addresses are confirmed at once. Unset "
            "WATERTOWER_DEVELOPMENT.",
        )
    if server.https is False:
        yield fail(
            "https",
            f"{server.domain} is public, but addresses begin with http. Unset WATERTOWER_HTTPS.",
        )
    if federation.allow_http or federation.allowed_networks or federation.extra_ca_file:
        yield fail(
            "federation",
            "Settings for development are in use. Unset WATERTOWER_FEDERATION_ALLOW_HTTP, "
            "…_ALLOWED_NETWORKS and …_EXTRA_CA_FILE.",
        )
    if not settings.mail.smtp_url:
        yield warn("mail", "Mails only become files. Set WATERTOWER_MAIL_SMTP_URL.")
    if not settings.limits.enabled:
        yield warn("limits", "Request rates are not limited. Unset WATERTOWER_LIMITS_ENABLED.")
    yield ok("domain", f"{server.domain}, addresses begin with {settings.base_url}")


def _check_local_address(settings: Settings) -> Finding:
    _, _, port = settings.server.domain.rpartition(":")
    if port.isdigit() and int(port) != settings.bind[1]:
        return warn(
            "domain",
            f"Addresses say {settings.server.domain}, but the server listens on "
            f"{settings.server.bind}. Set WATERTOWER_DOMAIN=localhost:{settings.bind[1]}.",
        )
    return ok("domain", f"{settings.server.domain}, for development on this machine")
