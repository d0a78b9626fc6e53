"""A member's settings, through the forms of the site."""

from io import BytesIO

import aiohttp
import pytest
from PIL import Image

from tests.web.visit import signed_in, where
from watertower.accounts.access.accounts import account_for
from watertower.accounts.access.people import preferences_of

PROFILE = "/settings/profile"


async def test_settings_need_somebody_who_is_signed_in(client):
    for path in (PROFILE, "/settings/preferences"):
        answer = await client.get(path)
        assert (answer.status, where(answer).split("?")[0]) == (302, "/auth/sign_in")


async def test_a_profile_is_shown_and_changed(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get(PROFILE)

    answer = await visit.submit(
        PROFILE,
        display_name="Ann <b>",
        note="Hello\r\nworld",
        field_name_0="Home",
        field_value_0="https://example.com/",
        is_locked="1",
        is_bot="1",
        hides_collections="1",
        is_noindex="1",
        avatar_description="A cat",
    )

    found = await account_for(ctx, account_id=account.id)
    assert where(answer) == "/settings/profile?note=saved"
    assert (found.display_name, found.note) == ("Ann <b>", "Hello\nworld")
    assert [(f["name"], f["value"]) for f in found.fields] == [("Home", "https://example.com/")]
    assert (found.is_locked, found.is_bot, found.hides_collections) == (True, True, True)
    assert (found.is_discoverable, found.is_indexable) == (False, False)
    assert found.avatar_description == "A cat"
    assert (await preferences_of(ctx, account_id=account.id)).is_noindex is True
    assert found.version > account.version
    page = await visit.get(PROFILE)
    assert "Ann &lt;b&gt;" in page.text
    assert 'name="is_locked" value="1" checked' in page.text


async def test_what_is_too_long_is_said_and_kept_in_the_form(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get(PROFILE)

    answer = await visit.submit(PROFILE, display_name="x" * 41, note="kept")

    assert answer.status == 422
    assert "Display name is too long (maximum is 40 characters)." in answer.text
    assert ">kept</textarea>" in answer.text
    assert (await account_for(ctx, account_id=account.id)).note == ""


async def test_a_picture_is_put_in_place_and_removed(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get(PROFILE)
    picture = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(picture, "PNG")
    form = aiohttp.FormData(visit.hidden(PROFILE) | {"display_name": "Ann"})
    form.add_field("avatar", picture.getvalue(), filename="a.png", content_type="image/png")
    form.add_field("header", b"", filename="", content_type="application/octet-stream")

    answer = await visit._call("POST", PROFILE, form, {})

    assert answer.status == 303
    found = await account_for(ctx, account_id=account.id)
    assert (found.avatar_key is not None, found.header_key) == (True, None)
    await visit.get(PROFILE)
    await visit.submit(PROFILE, display_name="Ann", removes_avatar="1")
    assert (await account_for(ctx, account_id=account.id)).avatar_key is None


async def test_what_is_no_picture_is_refused(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get(PROFILE)
    form = aiohttp.FormData(visit.hidden(PROFILE))
    form.add_field("avatar", b"no picture", filename="a.png", content_type="image/png")

    answer = await visit._call("POST", PROFILE, form, {})

    assert answer.status == 422
    assert (await account_for(ctx, account_id=account.id)).avatar_key is None


async def test_preferences_are_chosen(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get("/settings/preferences")

    answer = await visit.submit(
        "/settings/preferences",
        default_privacy="unlisted",
        default_quote_policy="nobody",
        default_language="de",
        expand_media="show_all",
        default_sensitive="1",
        **{"languages[]": "eo"},
    )

    found = await preferences_of(ctx, account_id=account.id)
    assert where(answer) == "/settings/preferences?note=saved"
    assert (found.default_privacy, found.default_quote_policy) == ("unlisted", "nobody")
    assert (found.default_language, found.expand_media) == ("de", "show_all")
    assert (found.default_sensitive, found.shows_application) == (True, False)
    page = await visit.get("/settings/preferences")
    assert 'value="eo" checked' in page.text
    assert '<option value="unlisted" selected>' in page.text


@pytest.mark.parametrize(
    "typed", [{"default_privacy": "direct"}, {"languages[]": "xx-nothing"}, {"expand_media": "no"}]
)
async def test_a_choice_that_is_not_on_offer_changes_nothing(ctx, client, typed):
    visit, account = await signed_in(ctx, client)
    before = await preferences_of(ctx, account_id=account.id)
    await visit.get("/settings/preferences")
    good = {
        "default_privacy": "unlisted",
        "default_quote_policy": "nobody",
        "expand_media": "show_all",
    }

    answer = await visit.submit("/settings/preferences", **(good | typed))

    assert answer.status == 422
    assert await preferences_of(ctx, account_id=account.id) == before
