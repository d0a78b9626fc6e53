"""Stands in for a translation service: says everything in capitals, and remembers what it was asked."""

from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import web

from watertower.api.v1.instance.show import TRANSLATIONS
from watertower.base.settings import TranslationSettings


class Translator:
    """LibreTranslate and DeepL at one address."""

    def __init__(self):
        self.asked = []
        self.fails = False

    async def _libre(self, request):
        self.asked.append(await request.json())
        if self.fails:
            return web.Response(status=500)
        texts = [f"{one.upper()}<script>alert(1)</script>" for one in self.asked[-1]["q"]]
        return web.json_response(
            {"translatedText": texts, "detectedLanguage": [{"language": "en"}] * len(texts)}
        )

    async def _deepl(self, request):
        self.asked.append({**await request.json(), "key": request.headers["Authorization"]})
        texts = [one.upper() for one in self.asked[-1]["text"]]
        return web.json_response(
            {"translations": [{"detected_source_language": "EN", "text": one} for one in texts]}
        )

    async def _libre_languages(self, _request):
        return web.json_response(
            [{"code": "de", "targets": ["de", "en"]}, {"code": "en", "targets": ["de", "en"]}]
        )

    async def _deepl_languages(self, request):
        codes = ["DE", "EN-GB"] if request.query["type"] == "target" else ["DE", "EN"]
        return web.json_response([{"language": code, "name": code} for code in codes])


@asynccontextmanager
async def a_translator(ctx, provider="libretranslate"):
    """The service, set up as the server's."""
    stands_in = Translator()
    app = web.Application()
    app.router.add_post("/translate", stands_in._libre)
    app.router.add_get("/languages", stands_in._libre_languages)
    app.router.add_post("/v2/translate", stands_in._deepl)
    app.router.add_get("/v2/languages", stands_in._deepl_languages)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    before = ctx.settings
    ctx.settings = replace(
        before,
        translation=TranslationSettings(
            provider=provider, url=f"http://127.0.0.1:{port}", api_key="key"
        ),
    )
    TRANSLATIONS.forget()
    try:
        yield stands_in
    finally:
        ctx.settings = before
        TRANSLATIONS.forget()
        await runner.cleanup()
