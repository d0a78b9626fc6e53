"""`watertower doctor`: what it warns of and what it calls broken."""

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from watertower.base.db.inspect_server import ServerFacts
from watertower.base.read_settings import read_settings
from watertower.base.settings import ServerSettings, Settings
from watertower.cli.check_database import _check_connections, _check_facts
from watertower.cli.check_machine import _check_data_dir, _check_port, check_machine
from watertower.cli.check_settings import check_settings
from watertower.cli.connection_budget import declared_connections, require_connections
from watertower.cli.doctor import find_all
from watertower.cli.failure import CommandFailed

FACTS = ServerFacts(
    version=180006,
    version_text="18.6",
    connections=97,
    letters_are_right=True,
    is_durable=True,
    clock_ahead_seconds=0.0,
    bytes=8_000_000,
)


def states(findings) -> list[tuple[str, str]]:
    return [(finding.state, finding.subject) for finding in findings]


def a_public_server(**server) -> Settings:
    return Settings(server=ServerSettings(domain="social.example", **server))


def test_localhost_is_fine():
    assert states(check_settings(Settings())) == [("ok", "domain")]


def test_addresses_that_point_to_another_port_are_a_warning():
    settings = Settings(server=ServerSettings(bind="127.0.0.1:4300"))

    assert states(check_settings(settings)) == [("warn", "domain")]


def test_development_on_a_public_domain_fails():
    settings = a_public_server(development=True, https=False)

    assert states(check_settings(settings)) == [
        ("fail", "development"),
        ("fail", "https"),
        ("warn", "mail"),
        ("ok", "domain"),
    ]


def test_development_federation_on_a_public_domain_fails():
    settings = read_settings(
        {
            "WATERTOWER_DOMAIN": "social.example",
            "WATERTOWER_DEVELOPMENT": "true",
            "WATERTOWER_FEDERATION_ALLOW_HTTP": "true",
            "WATERTOWER_MAIL_SMTP_URL": "smtp://h:25",
            "WATERTOWER_LIMITS_ENABLED": "false",
        }
    )

    assert states(check_settings(settings)) == [
        ("fail", "development"),
        ("fail", "federation"),
        ("warn", "limits"),
        ("ok", "domain"),
    ]


def test_the_programs_of_this_machine_are_found(tmp_path):
    settings = Settings(server=ServerSettings(data_dir=tmp_path / "data", bind="127.0.0.1:4997"))
    found = {finding.subject: finding.state for finding in check_machine(settings)}

    assert {subject: found[subject] for subject in ("FFmpeg", "pictures", "clock")} == {
        "FFmpeg": "ok",
        "pictures": "ok",
        "clock": "ok",
    }


def test_secrets_that_others_may_read_fail(tmp_path):
    tmp_path.chmod(0o711)
    secrets = tmp_path / "secrets.json"
    secrets.write_text("{}")
    secrets.chmod(0o644)

    assert states(_check_data_dir(tmp_path)) == [("ok", "data directory"), ("fail", "secrets")]


def test_a_data_directory_that_everybody_may_list_is_a_warning(tmp_path):
    tmp_path.chmod(0o755)

    assert states(_check_data_dir(tmp_path)) == [
        ("ok", "data directory"),
        ("warn", "data directory"),
    ]


def test_a_file_in_place_of_the_data_directory_fails(tmp_path):
    file = tmp_path / "file"
    file.write_text("")

    assert states(_check_data_dir(file)) == [("fail", "data directory")]


def test_a_port_that_another_program_has_fails():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        other.settimeout(0.1)
        found = _check_port("port", other.getsockname(), "WATERTOWER_BIND")

    assert found.state == "fail"
    assert "WATERTOWER_BIND=" in found.says


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, [("ok", "database")]),
        ({"version": 140009}, [("fail", "database")]),
        ({"letters_are_right": False}, [("ok", "database"), ("fail", "letters")]),
        ({"is_durable": False}, [("ok", "database"), ("warn", "durability")]),
        ({"clock_ahead_seconds": -40.0}, [("ok", "database"), ("warn", "clock")]),
    ],
)
def test_what_the_database_says_is_judged(change, expected):
    assert states(_check_facts(replace(FACTS, **change))) == expected


def test_connections_are_a_budget():
    settings = Settings(server=ServerSettings(web_processes=4, worker_processes=2))

    assert declared_connections(settings) == 4 * (10 + 1) + (3 + 1) + 2 * 10 + 5
    assert _check_connections(settings, replace(FACTS, connections=73)).state == "ok"
    assert _check_connections(settings, replace(FACTS, connections=72)).state == "fail"
    require_connections(settings, replace(FACTS, connections=73))
    with pytest.raises(CommandFailed, match="may open 73 database connections"):
        require_connections(settings, replace(FACTS, connections=72))


def test_a_database_that_does_not_answer_fails(monkeypatch, tmp_path):
    for name in os.environ:
        if name.startswith("WATERTOWER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("WATERTOWER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x")

    failed = [finding for finding in find_all() if finding.subject == "database"]

    assert states(failed) == [("fail", "database")]
    assert "secret" not in failed[0].says


def test_unknown_settings_are_the_only_finding(monkeypatch):
    monkeypatch.setenv("WATERTOWER_DOMIAN", "x")

    assert states(find_all()) == [("fail", "settings")]


def test_looking_changes_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("WATERTOWER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    find_all()

    assert list(Path(tmp_path).iterdir()) == []
