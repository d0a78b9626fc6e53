"""Translation by a service that the operator chose."""

import pytest

from tests.translator import a_translator
from tests.world import a_status, a_token, an_account, unique
from watertower.statuses.model import Visibility


@pytest.fixture
async def alice(ctx, client):
    account = await an_account(ctx)
    return client.signed_in(await a_token(ctx, account))


async def test_without_a_service_there_is_no_translation(ctx, alice):
    status = await a_status(ctx, by=await an_account(ctx))
    assert (await alice.post(f"/api/v1/statuses/{status.id}/translate")).status == 404
    assert (await alice.get("/api/v1/instance/translation_languages")).json == {}


async def test_a_post_is_translated_made_safe_and_asked_for_once(ctx, alice):
    word = unique("soup")
    status = await a_status(
        ctx, by=await an_account(ctx), text=word, content_warning="Food & <drink>"
    )
    async with a_translator(ctx) as service:
        path = f"/api/v1/statuses/{status.id}/translate"
        first = await alice.post(path, json={"lang": "de"})
        again = await alice.post(path, json={"lang": "de"})
        found = await alice.get("/api/v1/instance/translation_languages")

    assert first.json == {
        "detected_source_language": "en",
        "language": "de",
        "provider": "LibreTranslate",
        "spoiler_text": "FOOD & <DRINK>",
        "content": f"<p>{word.upper()}</p>",
        "poll": None,
        "media_attachments": [],
    }
    assert again.json == first.json
    assert service.asked == [
        {
            "q": [f"<p>{word}</p>", "Food &amp; &lt;drink&gt;"],
            "source": "en",
            "target": "de",
            "format": "html",
            "api_key": "key",
        }
    ]
    assert found.json == {"de": ["en"], "en": ["de"]}


async def test_deepl_is_asked_in_its_own_way(ctx, alice):
    word = unique("bread")
    status = await a_status(ctx, by=await an_account(ctx), text=word)
    async with a_translator(ctx, "deepl") as service:
        found = await alice.post(f"/api/v1/statuses/{status.id}/translate", json={"lang": "de"})
        languages = await alice.get("/api/v1/instance/translation_languages")

    assert (found.json["provider"], found.json["content"]) == (
        "DeepL.com",
        f"<P>{word.upper()}</P>".lower().replace(word, word.upper()),
    )
    assert service.asked == [
        {
            "text": [f"<p>{word}</p>", ""],
            "target_lang": "DE",
            "tag_handling": "html",
            "source_lang": "EN",
            "key": "DeepL-Auth-Key key",
        }
    ]
    assert languages.json == {"de": ["en"], "en": ["de"]}


async def test_only_what_everybody_may_read_leaves_the_server(ctx, client):
    author = await an_account(ctx)
    mine = client.signed_in(await a_token(ctx, author))
    status = await a_status(ctx, by=author, visibility=Visibility.PRIVATE)
    async with a_translator(ctx) as service:
        found = await mine.post(f"/api/v1/statuses/{status.id}/translate")
    assert (found.status, service.asked) == (403, [])


async def test_a_service_that_fails_is_said_to_be_unreachable(ctx, alice):
    status = await a_status(ctx, by=await an_account(ctx), text=unique("fail"))
    async with a_translator(ctx) as service:
        service.fails = True
        found = await alice.post(f"/api/v1/statuses/{status.id}/translate")
    assert found.status == 503
