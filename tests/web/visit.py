"""A browser without a screen: keeps cookies, fills in the forms it was shown."""

import html
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from tests.conftest import Answer, Client
from tests.world import unique
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.model import Account
from watertower.base.context import Context

PASSWORD = "correct horse battery staple"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_FORM = re.compile(r"<form[^>]*>.*?</form>", re.DOTALL)


@dataclass
class Visit:
    """What one browser does."""

    client: Client
    cookies: dict[str, str] = field(default_factory=dict)
    last: Answer | None = None

    async def get(self, path: str, **headers: str) -> Answer:
        """Open a page; redirects are not followed."""
        return await self._call("GET", path, None, headers)

    async def follow(self, path: str) -> Answer:
        """Open a page and follow redirects on this site."""
        answer = await self.get(path)
        for _ in range(5):
            if answer.status not in {301, 302, 303}:
                break
            answer = await self.get(answer.headers["location"])
        return answer

    async def submit(
        self, action: str, headers: dict[str, str] | None = None, **typed: str
    ) -> Answer:
        """Send the form of the page seen last that leads to `action`, with what was typed."""
        return await self._call("POST", action, self.hidden(action) | typed, headers or {})

    def hidden(self, action: str) -> dict[str, str]:
        """The hidden fields of that form."""
        assert self.last is not None
        for form in _FORM.findall(self.last.text):
            if f'action="{action}"' in form:
                return {name: html.unescape(value) for name, value in _HIDDEN.findall(form)}
        raise AssertionError(f"no form leads to {action}:\n{self.last.text}")

    async def sign_in(self, username: str, password: str = PASSWORD) -> Answer:
        """Sign in through the form."""
        await self.get("/auth/sign_in")
        return await self.submit("/auth/sign_in", username=username, password=password)

    async def _call(
        self, method: str, path: str, data: dict[str, str] | None, headers: dict[str, str]
    ) -> Answer:
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        answer = await self.client.call(method, path, data=data, headers=sent)
        for line in answer.headers.getall("set-cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        if answer.status not in {302, 303}:
            self.last = answer
        return answer


async def a_member(ctx: Context, **choices: object) -> Account:
    """A member with a password, confirmed and approved unless said otherwise."""
    name = unique("web")
    values = {"confirmed": True, "approved": True, "email": f"{name}@example.test"} | choices
    return await create_member(ctx, username=name, password=PASSWORD, **values)


async def signed_in(ctx: Context, client: Client) -> tuple[Visit, Account]:
    """A browser that a new member is signed in with."""
    account = await a_member(ctx)
    visit = Visit(client)
    answer = await visit.sign_in(account.username)
    assert answer.status == 303, answer.text
    return visit, account


def where(answer: Answer) -> str:
    """The path a redirect leads to."""
    return urlsplit(answer.headers["location"])._replace(scheme="", netloc="").geturl()
