"""`watertower docs write`: the generated pages of the documentation."""

from collections.abc import Mapping
from pathlib import Path

from watertower.cli.api_page import api_page
from watertower.cli.commands_page import commands_page
from watertower.cli.configuration_page import configuration_page
from watertower.cli.map_page import map_page


def generated_pages() -> Mapping[str, str]:
    """Every generated page by its path below docs/."""
    from watertower.cli.app import COMMANDS  # noqa: PLC0415  # the table names this very command

    return {
        "map.md": map_page(),
        "configuration.md": configuration_page(),
        "api/routes.md": api_page(),
        "operating/commands.md": commands_page(COMMANDS),
    }


def docs_write(folder: Path = Path("docs")) -> None:
    """Write the generated pages into the folder of the documentation."""
    for name, text in generated_pages().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(file)
