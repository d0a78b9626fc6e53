"""What `watertower up` shows, for people in another terminal."""

from watertower.cli.start_page import called_as, given_by_environment


def test_the_command_is_shown_as_it_was_called():
    assert called_as(".venv/bin/watertower") == ".venv/bin/watertower"
    assert (
        called_as("/opt/watertower/.venv/bin/watertower") == "/opt/watertower/.venv/bin/watertower"
    )
    assert called_as("/opt/watertower/watertower/__main__.py") == "watertower"


def test_settings_that_another_terminal_would_not_know_are_named():
    environment = {"PATH": "/bin", "WATERTOWER_BIND": "", "WATERTOWER_DATA_DIR": "/srv/data"}

    assert given_by_environment(environment) == ["WATERTOWER_DATA_DIR"]
    assert given_by_environment({"DATABASE_URL": "postgresql:///x"}) == ["DATABASE_URL"]
