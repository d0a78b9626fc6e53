"""Translation services: what each is asked, and how it answers.

Sources: the API descriptions of LibreTranslate (/translate, /languages) and DeepL (/v2/translate,
/v2/languages). The service is the operator's choice; its answers are believed no more than any
other page, so whoever shows them makes them safe.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from watertower.base.context import Context
from watertower.base.errors import Refused, Unreachable
from watertower.base.json import from_json, to_json_bytes

MOST_BYTES = 1_000_000


class NoTranslator(Refused):
    """Nothing is set up."""


@dataclass(frozen=True)
class Translated:
    """What came back."""

    source: str  # the language that it was written in
    texts: Sequence[str]
    provider: str


async def ask(ctx: Context, *, texts: Sequence[str], source: str | None, target: str) -> Translated:
    """Have HTML texts translated. Raises NoTranslator, Unreachable."""
    provider = ctx.settings.translation.provider
    if provider == "libretranslate":
        return await _libre(ctx, texts, source, target)
    if provider == "deepl":
        return await _deepl(ctx, texts, source, target)
    raise NoTranslator


async def languages(ctx: Context) -> dict[str, list[str]]:
    """Into what each language can be translated; empty where nothing is set up."""
    provider = ctx.settings.translation.provider
    if provider == "libretranslate":
        found = await _call(ctx, "GET", "/languages", None)
        codes = [one["code"] for one in found]
        return {
            one["code"]: sorted(set(one.get("targets", codes)) - {one["code"]}) for one in found
        }
    if provider == "deepl":
        sources = await _call(ctx, "GET", "/v2/languages?type=source", None)
        targets = await _call(ctx, "GET", "/v2/languages?type=target", None)
        into = sorted({_short(one["language"]) for one in targets})
        return {
            source: [one for one in into if one != source]
            for source in sorted({_short(one["language"]) for one in sources})
        }
    return {}


async def _libre(ctx: Context, texts: Sequence[str], source: str | None, target: str) -> Translated:
    sent: dict[str, Any] = {
        "q": list(texts),
        "source": source or "auto",
        "target": target,
        "format": "html",
    }
    if ctx.settings.translation.api_key:
        sent["api_key"] = ctx.settings.translation.api_key
    found = await _call(ctx, "POST", "/translate", sent)
    detected = found.get("detectedLanguage")
    if isinstance(detected, list):
        detected = detected[0] if detected else None
    written = source or (detected or {}).get("language") or "und"
    return _checked(texts, Translated(written, found["translatedText"], "LibreTranslate"))


async def _deepl(ctx: Context, texts: Sequence[str], source: str | None, target: str) -> Translated:
    sent: dict[str, Any] = {
        "text": list(texts),
        "target_lang": target.upper(),
        "tag_handling": "html",
    }
    if source:
        sent["source_lang"] = source.partition("-")[0].upper()
    found = (await _call(ctx, "POST", "/v2/translate", sent))["translations"]
    written = _short(found[0]["detected_source_language"]) if found else source or "und"
    return _checked(texts, Translated(written, [one["text"] for one in found], "DeepL.com"))


def _short(code: str) -> str:
    return code.lower().partition("-")[0]


def _checked(asked: Sequence[str], answer: Translated) -> Translated:
    if len(answer.texts) != len(asked) or not all(isinstance(one, str) for one in answer.texts):
        raise Unreachable
    return answer


async def _call(ctx: Context, method: str, path: str, sent: Mapping[str, Any] | None) -> Any:
    settings = ctx.settings.translation
    headers = {"Accept": "application/json"}
    if settings.provider == "deepl":
        headers["Authorization"] = f"DeepL-Auth-Key {settings.api_key}"
    if sent is not None:
        headers["Content-Type"] = "application/json"
    answer = await ctx.http.request(
        method,
        settings.url.rstrip("/") + path,
        headers=headers,
        body=b"" if sent is None else to_json_bytes(sent),
        limit_bytes=MOST_BYTES,
        max_redirects=0,
        deadline_seconds=settings.deadline_seconds,
    )
    if answer.status != 200:
        raise Unreachable
    try:
        return from_json(answer.body.decode())
    except (ValueError, UnicodeDecodeError) as error:
        raise Unreachable from error
