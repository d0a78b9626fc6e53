"""The command line as a person meets it: help, versions, refusals."""

import os
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import pytest

from watertower.cli.app import COMMANDS, GROUPS


def watertower(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "watertower", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")} | environment,
    )


def test_the_version_is_that_of_the_package():
    assert watertower("--version").stdout.strip() == version("watertower")
    assert watertower("version").stdout.split()[:2] == ["watertower", version("watertower")]


def test_the_help_lists_every_command():
    shown = watertower("--help").stdout

    assert [words for words in COMMANDS if words.split()[0] not in shown] == []


def test_every_group_of_the_table_has_a_line_of_help():
    assert {words.split()[0] for words in COMMANDS if " " in words} <= set(GROUPS)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_of_the_table_exists(words):
    module, _, name = COMMANDS[words][0].partition(":")

    assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("words", [["up"], ["migrate"], ["config", "check"]])
def test_a_misspelt_setting_stops_every_command(words):
    answer = watertower(*words, WATERTOWER_DOMIAN="x")

    assert (answer.returncode, answer.stderr) == (
        1,
        (
            "watertower: Unknown environment variable: WATERTOWER_DOMIAN. "
            "Did you mean WATERTOWER_DOMAIN?\n"
        ),
    )


def test_an_unknown_command_is_no_trace():
    answer = watertower("upp")

    assert answer.returncode == 2  # a mistake in the command, not a refusal
    assert "Traceback" not in answer.stdout + answer.stderr


def test_a_database_that_cannot_be_reached_is_one_line():
    answer = watertower("migrate", DATABASE_URL="postgresql://u:secret@127.0.0.1:1/x")

    assert answer.returncode == 1
    assert answer.stderr.startswith("watertower: The database cannot be reached: ")
    assert "secret" not in answer.stderr
    assert "Traceback" not in answer.stderr
