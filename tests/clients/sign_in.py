"""What a person does in a browser to let an app in, by hand: the real pages, forms and cookies."""

from html.parser import HTMLParser

import requests

from tests.clients.running import Member


class Page(HTMLParser):
    """The forms of a page as lists of fields, and the text of elements with an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.actions: list[str] = []
        self.texts: dict[str, str] = {}
        self._inside: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
            self.actions.append(given.get("action", ""))
        elif tag == "input" and self.forms and "name" in given:
            self.forms[-1][given["name"]] = given.get("value", "")
        self._inside = given.get("id")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside] = self.texts.get(self._inside, "") + data.strip()


def code_for(authorize_url: str, member: Member) -> str:
    """Follow the link an app shows: sign in, consent, and read the code off the last page."""
    with requests.Session() as browser:
        answer = browser.get(authorize_url)
        answer = send(browser, answer, {"username": member.email, "password": member.password})
        answer = send(browser, answer, {"decision": "allow"})
    return Page(answer.text).texts["code"]


def send(
    browser: requests.Session, shown: requests.Response, filled: dict[str, str]
) -> requests.Response:
    """Fill in the form of the page that is shown, and press its button."""
    assert shown.status_code == 200, f"{shown.url}: {shown.status_code} {shown.text[:500]}"
    page = Page(shown.text)
    assert len(page.forms) == 1, f"{shown.url} has {len(page.forms)} forms"
    address = requests.compat.urljoin(shown.url, page.actions[0])
    return browser.post(address, data=page.forms[0] | filled)
