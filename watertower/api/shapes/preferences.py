"""Preferences, as JSON: flat keys with colons, as Mastodon has them."""

from typing import Any

from watertower.accounts.model import Preferences


def preferences_shape(chosen: Preferences) -> dict[str, Any]:
    """What a member chose, as far as apps are told."""
    return {
        "posting:default:visibility": chosen.default_privacy,
        "posting:default:sensitive": chosen.default_sensitive,
        "posting:default:language": chosen.default_language,
        "posting:default:quote_policy": chosen.default_quote_policy,
        "reading:expand:media": chosen.expand_media,
        "reading:expand:spoilers": chosen.expand_spoilers,
        "reading:autoplay:gifs": chosen.autoplay_gifs,
    }
