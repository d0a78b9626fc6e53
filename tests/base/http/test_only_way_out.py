"""Nothing else in the program may open an HTTP connection: providers, media, keys, all of it."""

import re
from pathlib import Path

import watertower

PACKAGE = Path(watertower.__file__).parent
HTTP_CLIENTS = re.compile(
    r"^\s*(?:import|from)\s+(?:aiohttp|httpx|requests|urllib3|urllib\.request|http\.client)\b",
    re.MULTILINE,
)
# Asks this server itself for its health, at the address from the settings.
ASKS_ONLY_ITSELF = {"cli/check_machine.py"}


def test_only_the_guarded_client_imports_an_http_client():
    importing = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if HTTP_CLIENTS.search(file.read_text())
    }
    elsewhere = {name for name in importing if not name.startswith("base/http/")}
    assert elsewhere - ASKS_ONLY_ITSELF == set()
    assert "base/http/client.py" in importing
