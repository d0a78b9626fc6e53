"""Whether an answer is of a type that its reader can read."""

import re
from collections.abc import Iterable

KIND = re.compile(r"([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+*-]+)\s*(?=;|\Z)")
PARAMETER = re.compile(r";\s*([A-Za-z0-9_*-]+)=(?:\"([^\"]*)\"|([^\s;\"]*))")


def is_acceptable(content_type: str, accepted: Iterable[str]) -> bool:
    """Whether a Content-Type is among the accepted ones.

    `image/*` accepts every image. Parameters of an accepted type are demanded (the profile of
    `application/ld+json; profile="…"`, where one of several in a list is enough); further
    parameters of the answer, such as charset, do no harm.
    """
    kind, parameters = parse_content_type(content_type)
    for wanted in accepted:
        wanted_kind, wanted_parameters = parse_content_type(wanted)
        family, _, rest = wanted_kind.partition("/")
        is_kind = kind.startswith(f"{family}/") if rest == "*" else kind == wanted_kind
        if is_kind and all(
            value in parameters.get(name, "").split() for name, value in wanted_parameters.items()
        ):
            return True
    return False


def parse_content_type(value: str) -> tuple[str, dict[str, str]]:
    """The type and its parameters, names in lower case. A broken value has the type ''."""
    kind = KIND.match(value.strip().lower())
    if kind is None:
        return "", {}
    parameters = PARAMETER.findall(value.strip()[kind.end() :])
    return kind[1], {name.lower(): quoted or plain for name, quoted, plain in parameters}
