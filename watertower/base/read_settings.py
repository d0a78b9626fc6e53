"""Reads the settings from a TOML file and the environment; refuses what it does not know.

A misspelt key that is silently ignored is how a bucket name once broke two servers for two
days (INF-23), so an unknown name stops the start and names its nearest neighbour.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec

from watertower.base.settings import Settings, sections

# Variables of our prefix that are not settings of the server.
OTHER_VARIABLES = frozenset({"WATERTOWER_CONFIG"})
# Names that scripts rely on and that do not follow the pattern.
ALIASES = {"DATABASE_URL": ("database", "url")}


class SettingsError(Exception):
    """The settings cannot be used; the message says which and why."""


def variable_name(section: str, name: str) -> str:
    """The environment variable of a setting."""
    prefix = "WATERTOWER" if section == "server" else f"WATERTOWER_{section.upper()}"
    return f"{prefix}_{name.upper()}"


def variables() -> dict[str, tuple[str, str]]:
    """Every environment variable we read, with the setting it stands for."""
    known = {
        variable_name(section, f.name): (section, f.name)
        for section, cls in sections().items()
        for f in fields(cls)
    }
    return known | ALIASES


def read_settings(
    environment: Mapping[str, str] | None = None, file: Path | None = None
) -> Settings:
    """Settings from the file and the environment.

    The file is the one that WATERTOWER_CONFIG names, or watertower.toml in the data directory.
    Raises SettingsError for an unknown name, a wrong type or contradicting values.
    """
    environment = os.environ if environment is None else environment
    raw: dict[str, dict[str, Any]] = _from_file(_config_file(environment, file))
    known = variables()
    for name, value in environment.items():
        if name in known:
            section, key = known[name]
            if value != "":
                raw.setdefault(section, {})[key] = value
        elif name.startswith("WATERTOWER_") and name not in OTHER_VARIABLES:
            raise SettingsError(_unknown(name, list(known), "environment variable"))
    try:
        settings = msgspec.convert(raw, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise SettingsError(f"A setting has the wrong type: {error}.") from error
    _require_consistent(settings)
    return settings


def _decode(kind: type, value: Any) -> Any:
    """Types that msgspec does not know: only paths."""
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")


def _config_file(environment: Mapping[str, str], file: Path | None) -> Path | None:
    if file is not None:
        return file
    if named := environment.get("WATERTOWER_CONFIG"):
        if not Path(named).is_file():
            raise SettingsError(f"WATERTOWER_CONFIG names {named}, which is not a file.")
        return Path(named)
    usual = Path(environment.get("WATERTOWER_DATA_DIR") or "data") / "watertower.toml"
    return usual if usual.is_file() else None


def _from_file(file: Path | None) -> dict[str, dict[str, Any]]:
    if file is None:
        return {}
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{file} cannot be read: {error}.") from error
    for section, values in raw.items():
        if section not in sections():
            raise SettingsError(_unknown(section, list(sections()), f"section in {file}"))
        if not isinstance(values, dict):
            raise SettingsError(f"{section} in {file} must be a section: write [{section}].")
        names = [f.name for f in fields(sections()[section])]
        for key in values:
            if key not in names:
                raise SettingsError(_unknown(key, names, f"setting in [{section}] of {file}"))
    return raw


def _unknown(name: str, known: list[str], what: str) -> str:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"Unknown {what}: {name}. Did you mean {nearest[0]}?"


def _require_consistent(settings: Settings) -> None:
    media, federation = settings.media, settings.federation
    if media.store and not media.store.startswith("s3://"):
        raise SettingsError("media.store must be empty or begin with s3://.")
    if media.store and not (media.s3_access_key and media.s3_secret_key):
        raise SettingsError(
            "media.store is S3, so media.s3_access_key and s3_secret_key are needed."
        )
    development_only = federation.allow_http or federation.allowed_networks
    if development_only and not settings.is_localhost and settings.server.development is not True:
        raise SettingsError(
            "federation.allow_http and allowed_networks are for development: they are refused for "
            f"the public domain {settings.server.domain} unless server.development is true."
        )
    for name, bind in (
        ("server.bind", settings.server.bind),
        ("streaming.bind", settings.streaming.bind),
    ):
        if bind and not bind.rpartition(":")[2].isdigit():
            raise SettingsError(f"{name} must be host:port, not {bind!r}.")
