"""Activities made wrong: types swapped, fields removed, huge, deep, of other hosts, of other cases.

`choose(n)` answers a number below n: from Hypothesis in the suite, from a seed in long runs.
"""

import copy

from tests.federation.payloads.case import MIA, POLL, POST, PUBLIC

ODD = (
    None, True, False, 0, -1, 1, 1.5, 1e308, 2**63, -(2**70), "", " ", "x", "\u0000", "\ud800",
    "\u200b\u202e", "a" * 70_000, "<p>" * 3000, "<b onclick=x()>" * 50, "https://", "https://[::1",
    "http://127.0.0.1/", "https://here.example/", "https://here.example/mia/post",
    "https://else.example/1", "javascript:alert(1)", "file:///etc/passwd", "as:Public", PUBLIC,
    MIA, POST, POLL, "https://xn--/", "https://a@b.example/", "9999-12-31T23:59:59Z",
    "0000-00-00T00:00:00Z", "2026-03-04T05:06:07+99:99", "1900-01-01T00:00:00Z", [], {}, [[]],
    [None], [{}], {"id": None}, {"type": []}, {"type": "Note"}, {"@id": "x"}, {"en": None},
    ["x"] * 1500, [{"type": "Mention", "href": MIA}] * 300, "Note", "Question", "Person", "Create",
    "Announce", "Tombstone", "Undo", ["Note", "Person"], {"id": MIA}, {"id": POST, "type": "Note"},
)  # fmt: skip
NAMES = (
    "id", "type", "actor", "object", "attributedTo", "to", "cc", "content", "contentMap", "name",
    "summary", "inReplyTo", "tag", "attachment", "url", "published", "updated", "oneOf", "anyOf",
    "endTime", "closed", "votersCount", "quote", "quoteUrl", "interactionPolicy", "target",
    "sensitive", "conversation", "context", "signature", "@context", "proof", "result",
    "instrument", "audience", "bto", "nameMap", "icon", "replies", "likes", "featured", "inbox",
    "publicKey", "preferredUsername", "alsoKnownAs", "movedTo", "endpoints", "atomUri",
)  # fmt: skip
MOST_MUTATIONS = 4


def mutated(activity, others, choose):
    """The activity with one to four things wrong in it."""
    result = copy.deepcopy(activity)
    for _ in range(1 + choose(MOST_MUTATIONS)):
        places = list(_places(result))
        if not places:
            return result
        holder, key = places[choose(len(places))]
        result = _changed(result, holder, key, others, choose)
    return result


def _places(value, depth=0):
    """Every place in it: what holds, and under which key."""
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value[:20]))
    else:
        return
    for key, one in pairs:
        yield value, key
        if depth < 6:
            yield from _places(one, depth + 1)


def _changed(root, holder, key, others, choose):
    now = holder[key]
    match choose(10):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = copy.deepcopy(ODD[choose(len(ODD))])
        case 3:
            holder[key] = [copy.deepcopy(now)] * (1 + choose(3))
        case 4:
            holder[key] = {"id": now} if isinstance(now, str) else [now, "x"]
        case 5:
            holder[key] = _deep(now, 1 + choose(60))
        case 6:
            other = others[choose(len(others))]
            places = list(_places(other))
            source, name = places[choose(len(places))]
            holder[key] = copy.deepcopy(source[name])
        case 7:
            if isinstance(holder, dict):
                name = NAMES[choose(len(NAMES))]
                holder[name] = copy.deepcopy(ODD[choose(len(ODD))])
        case 8:
            if isinstance(holder, dict):
                name = NAMES[choose(len(NAMES))]
                holder[key], holder[name] = holder.get(name), now
        case _:
            if isinstance(now, str) and now:
                cut = choose(len(now))
                holder[key] = (
                    now[:cut]
                    + ("", "\u0000", "é", "/../", "#", "?", "@", " ")[choose(8)]
                    + now[cut:]
                )
            elif isinstance(now, int | float):
                holder[key] = -now if choose(2) else now * 10**30
    return root


def _deep(value, levels):
    for level in range(levels):
        value = {"object": value} if level % 2 else [value]
    return value
