"""The `@context` of our documents.

Other servers read the terms by name and rarely look at it, but those that do (JSON-LD
processors) must find every term we use.
"""

from typing import Any

AS = "https://www.w3.org/ns/activitystreams"

# schema.org with http and a fragment is what everybody writes, right or wrong.
TERMS: dict[str, Any] = {
    "toot": "http://joinmastodon.org/ns#",
    "schema": "http://schema.org#",
    "ostatus": "http://ostatus.org#",
    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
    "movedTo": {"@id": "as:movedTo", "@type": "@id"},
    "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
    "sensitive": "as:sensitive",
    "Hashtag": "as:Hashtag",
    "PropertyValue": "schema:PropertyValue",
    "value": "schema:value",
    "featured": {"@id": "toot:featured", "@type": "@id"},
    "featuredTags": {"@id": "toot:featuredTags", "@type": "@id"},
    "Emoji": "toot:Emoji",
    "discoverable": "toot:discoverable",
    "indexable": "toot:indexable",
    "memorial": "toot:memorial",
    "suspended": "toot:suspended",
    "attributionDomains": {"@id": "toot:attributionDomains", "@container": "@set"},
    "showFeatured": "toot:showFeatured",
    "showMedia": "toot:showMedia",
    "showRepliesInMedia": "toot:showRepliesInMedia",
    "blurhash": "toot:blurhash",
    "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
    "votersCount": "toot:votersCount",
    "atomUri": "ostatus:atomUri",
    "inReplyToAtomUri": "ostatus:inReplyToAtomUri",
    "conversation": "ostatus:conversation",
    "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
    "quoteAuthorization": {"@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id"},
    "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
    "QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest",
    "quoteUri": "http://fedibird.com/ns#quoteUri",
    "_misskey_quote": "https://misskey-hub.net/ns#_misskey_quote",
    "gts": "https://gotosocial.org/ns#",
    "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
    "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
    "canReply": {"@id": "gts:canReply", "@type": "@id"},
    "always": {"@id": "gts:always", "@type": "@id"},
    "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
    "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
    "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"},
}

_ACTOR_NAMES = (
    "toot schema manuallyApprovesFollowers movedTo alsoKnownAs Hashtag PropertyValue value "
    "featured featuredTags Emoji discoverable indexable memorial suspended attributionDomains "
    "showFeatured showMedia showRepliesInMedia"
)
_NOTE_NAMES = (
    "toot ostatus sensitive Hashtag Emoji blurhash focalPoint votersCount atomUri "
    "inReplyToAtomUri conversation quote quoteAuthorization quoteUri _misskey_quote gts interactionPolicy canQuote "
    "automaticApproval canReply always"
)


def _terms(names: str) -> dict[str, Any]:
    return {name: TERMS[name] for name in names.split()}


ACTOR_CONTEXT: list[Any] = [
    AS,
    "https://w3id.org/security/v1",
    "https://purl.archive.org/socialweb/webfinger",
    _terms(_ACTOR_NAMES),
]
NOTE_CONTEXT: list[Any] = [AS, _terms(_NOTE_NAMES)]
QUOTE_CONTEXT: list[Any] = [AS, _terms(f"{_NOTE_NAMES} QuoteRequest")]
STAMP_CONTEXT: list[Any] = [
    AS,
    _terms("gts QuoteAuthorization interactingObject interactionTarget"),
]
