"""An app asks, a member answers."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.web.visit import PASSWORD, Visit, a_member, signed_in, where
from watertower.accounts.actions.register_app import register_app

OOB = "urn:ietf:wg:oauth:2.0:oob"
CALLBACK = "testapp://done/here"
VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


@pytest.fixture
async def app(ctx):
    return await register_app(
        ctx,
        name="Test <App>",
        website="https://app.example/",
        redirect_uris=[CALLBACK, OOB, "https://app.example/cb"],
        scopes=["read", "write"],
    )


def asking(app, **changes):
    values = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": CALLBACK,
        "scope": "read write",
        "state": " keep=me&exactly ",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return "/oauth/authorize?" + urlencode(values | changes)


async def test_a_visitor_signs_in_first_and_comes_back_to_the_question(ctx, client, app):
    account = await a_member(ctx)
    visit = Visit(client)
    await visit.follow(asking(app))

    answer = await visit.submit("/auth/sign_in", username=account.username, password=PASSWORD)
    page = await visit.follow(where(answer))

    assert "Let Test &lt;App&gt; in?" in page.text
    assert "Act for you: post, delete, follow" in page.text
    assert "https://app.example/" in page.text


async def test_yes_gives_the_app_a_code_that_it_exchanges_for_a_token(ctx, client, app):
    visit, account = await signed_in(ctx, client)
    page = await visit.get(asking(app))
    assert "form-action 'self' testapp:;" in page.headers["content-security-policy"]

    answer = await visit.submit("/oauth/authorize", decision="allow")

    location = urlsplit(answer.headers["location"])
    given = parse_qs(location.query)
    assert (answer.status, f"{location.scheme}://{location.netloc}{location.path}") == (
        303,
        CALLBACK,
    )
    assert given["state"] == [" keep=me&exactly "]
    token = await client.post(
        "/oauth/token",
        data={
            "grant_type": "authorization_code",
            "code": given["code"][0],
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        },
    )
    assert token.json["scope"] == "read write"
    me = await client.signed_in(token.json["access_token"]).get(
        "/api/v1/accounts/verify_credentials"
    )
    assert me.json["username"] == account.username

    apps = await visit.get("/oauth/authorized_applications")
    path = re.findall(r'action="(/oauth/authorized_applications/\d+/revoke)"', apps.text)[0]
    await visit.submit(path)
    gone = await client.signed_in(token.json["access_token"]).get(
        "/api/v1/accounts/verify_credentials"
    )
    assert gone.status == 401


async def test_no_is_told_to_the_app(ctx, client, app):
    visit, _ = await signed_in(ctx, client)
    await visit.get(asking(app))

    answer = await visit.submit("/oauth/authorize", decision="deny")

    given = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (given["error"], given["state"]) == (["access_denied"], [" keep=me&exactly "])
    assert "code" not in given


async def test_an_app_without_an_address_has_its_code_shown(ctx, client, app):
    visit, _ = await signed_in(ctx, client)
    await visit.get(asking(app, redirect_uri=OOB))

    answer = await visit.submit("/oauth/authorize", decision="allow")

    assert where(answer).startswith("/oauth/authorize/native?code=")
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    assert (
        f'<code class="big-code" id="code">{code}</code>'
        in (await visit.follow(where(answer))).text
    )


async def test_force_login_asks_for_the_password_once_more_and_only_once(ctx, client, app):
    visit, account = await signed_in(ctx, client)

    page = await visit.follow(asking(app, force_login="true"))
    assert 'action="/auth/sign_in"' in page.text
    answer = await visit.submit("/auth/sign_in", username=account.username, password=PASSWORD)

    assert "Let Test" in (await visit.follow(where(answer))).text


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "nobody"},
        {"client_id": ""},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": CALLBACK + "/../evil"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"scope": "read admin:write"},
        {"scope": "nonsense"},
        {"code_challenge_method": "plain"},
    ],
)
async def test_a_wrong_request_is_shown_and_leads_nowhere(ctx, client, app, changes):
    visit, _ = await signed_in(ctx, client)

    answer = await visit.get(asking(app, **changes))

    assert (answer.status, "location" in answer.headers) == (400, False)
    assert "The app&#39;s request is wrong" in answer.text or "The app's request" in answer.text


async def test_a_form_that_was_changed_on_the_way_gives_no_code(ctx, client, app):
    visit, _ = await signed_in(ctx, client)
    await visit.get(asking(app))

    answer = await visit.submit(
        "/oauth/authorize", decision="allow", redirect_uri="https://evil.example/"
    )

    assert (answer.status, "location" in answer.headers) == (400, False)
