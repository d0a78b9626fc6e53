"""Rule, as JSON. Source: entity `rule` of the Mastodon API 4.6."""

from typing import Any

from watertower.accounts.model import Rule


def rule_shape(rule: Rule) -> dict[str, Any]:
    """A rule with its translations, by language."""
    return {
        "id": str(rule.id),
        "text": rule.text,
        "hint": rule.hint,
        "translations": {
            language: {"text": words.get("text", ""), "hint": words.get("hint", "")}
            for language, words in rule.translations.items()
        },
    }
