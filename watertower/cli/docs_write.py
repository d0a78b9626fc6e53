"""`watertower docs write`: the generated pages of the documentation."""

from pathlib import Path

from watertower.cli.configuration_page import write_configuration_page


def docs_write(folder: Path = Path("docs")) -> None:
    """Write the generated pages into the folder of the documentation."""
    print(write_configuration_page(folder))
