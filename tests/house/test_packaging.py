"""What the units, the image and the pages for operators name does exist."""

import re

from tests.house.source import ROOT
from watertower.base.read_settings import OTHER_VARIABLES, variables
from watertower.cli.app import COMMANDS

PACKAGING = ROOT / "packaging"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGED = [path for path in sorted(PACKAGING.rglob("*")) if path.is_file()]
CALL = re.compile(r"(?:^|[\s`])\S*\.venv/bin/watertower ((?:[a-z-]+ ?){1,2})", re.MULTILINE)
# An example of a misspelt name, in the table of messages.
MISSPELT = re.compile(r"Unknown environment variable: \w+")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_the_units_start_commands_that_exist():
    started = [
        line.removeprefix("ExecStart=/opt/watertower/.venv/bin/watertower ")
        for unit in sorted(PACKAGING.glob("systemd/*.service"))
        for line in unit.read_text().splitlines()
        if line.startswith("ExecStart=")
    ]

    assert sorted(started) == ["stream", "up", "web", "worker"]
    assert [command for command in started if command not in COMMANDS] == []


def test_pages_and_packages_name_commands_that_exist():
    unknown = []
    for path in PAGES + PACKAGED:
        for words in CALL.findall(path.read_text()):
            first, *rest = words.split()
            if first not in COMMANDS and " ".join([first, *rest]) not in COMMANDS:
                unknown.append(f"{path.relative_to(ROOT)}: {words}")
    assert unknown == []


def test_pages_and_packages_name_settings_that_exist():
    known = set(variables()) | OTHER_VARIABLES
    unknown = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in PAGES + PACKAGED
        for name in re.findall(r"\bWATERTOWER_[A-Z0-9_]+\b", MISSPELT.sub("", path.read_text()))
        if name not in known and not name.endswith("_")
    ]
    assert unknown == []


def test_pages_link_to_files_that_exist():
    broken = {
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*PAGES, PACKAGING / "README.md"]
        for target in LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    }
    assert broken == set()
