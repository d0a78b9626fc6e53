"""A case: what happens elsewhere, what is sent of it, and what it becomes for apps here.

Addresses of ours that a case may name:
    https://here.example/mia          the member, who follows whoever sends
    https://here.example/mia/post     a public post of hers
    https://here.example/mia/private  one for her followers
    https://here.example/mia/poll     a poll of hers: Tea or Coffee
    https://here.example/mia/choices  the same, of which several may be chosen
    https://here.example/mia/follow   her request to follow the sender
    https://here.example/leo          a member who approves followers by hand
"""

from dataclasses import dataclass

AS = "https://www.w3.org/ns/activitystreams"
SECURITY = "https://w3id.org/security/v1"
PUBLIC = f"{AS}#Public"
MIA = "https://here.example/mia"
POST, PRIVATE, POLL, FOLLOW = (f"{MIA}/{n}" for n in ("post", "private", "poll", "follow"))
CHOICES = f"{MIA}/choices"
LEO = "https://here.example/leo"


@dataclass(frozen=True)
class Case:
    """One thing that happens. `before` was sent earlier; `serves` lies on the other servers."""

    name: str
    activity: dict
    becomes: dict
    before: tuple = ()
    serves: tuple = ()
    is_followed: bool = True


@dataclass(frozen=True)
class Program:
    """A program: who speaks in its cases, and the cases."""

    name: str
    actors: tuple
    cases: tuple


def shows(of=None, **what):
    """A status as an app shows it; what is not named has its usual value (world.USUAL)."""
    return {"status": {"of": of} | what}


def ignored(reason):
    """Accepted by the gate, and nothing comes of it."""
    return {"outcome": ("ignored", reason)}


def refused(reason):
    """Accepted by the gate, and found wrong."""
    return {"outcome": ("refused", reason)}


def answered(status):
    """Turned away by the gate."""
    return {"answer": status}


def actor(uri, name, kind="Person", key="#main-key", **more):
    """Somebody elsewhere. The world puts a real key where the text of the key stands."""
    return {
        "@context": [AS, SECURITY],
        "id": uri,
        "type": kind,
        "preferredUsername": name,
        "inbox": f"{uri}/inbox",
        "outbox": f"{uri}/outbox",
        "followers": f"{uri}/followers",
        "following": f"{uri}/following",
        "publicKey": {"id": f"{uri}{key}", "owner": uri, "publicKeyPem": "PEM"},
        **more,
    }


def activity(kind, who, thing, ending="", **more):
    """An activity; its id is on the actor's server."""
    told = who if isinstance(who, str) else who["id"]
    host = "/".join(told.split("/")[:3])
    return {
        "@context": AS,
        "id": f"{host}/activities/{kind.lower()}{ending}",
        "type": kind,
        "actor": told,
        "object": thing,
    } | more


def create(thing, kind="Create", **more):
    """The activity that brings an object, addressed as the object is."""
    who = thing["attributedTo"]
    head = {
        "@context": thing.get("@context", AS),
        "id": f"{thing['id']}/{kind.lower()}",
        "type": kind,
        "actor": who,
        "object": {key: value for key, value in thing.items() if key != "@context"},
    }
    copied = {name: thing[name] for name in ("to", "cc", "published") if name in thing}
    return head | copied | more


def update(thing, **more):
    """The activity that brings a changed object."""
    return create(thing, "Update", **more)


def undo(deed, **more):
    """The activity that takes another back."""
    return {
        "@context": AS,
        "id": f"{deed['id']}/undo",
        "type": "Undo",
        "actor": deed["actor"],
        "object": {key: value for key, value in deed.items() if key != "@context"},
    } | more


def mention(uri, name):
    """A Mention among the tags."""
    return {"type": "Mention", "href": uri, "name": name}


def hashtag(name, base="https://tags.example/tags/"):
    """A Hashtag among the tags."""
    return {"type": "Hashtag", "href": f"{base}{name}", "name": f"#{name}"}


def without(document, *names):
    """The document without these."""
    return {key: value for key, value in document.items() if key not in names}


def deeds(
    who, acct, note, *, ids, undone="whole", deleted="tombstone", answered_by="whole", **head
):
    """What every program does, in its own form.

    `ids` makes an activity's id from its type; `undone`, `deleted` and `answered_by` say how the
    object is given: whole, as a tombstone, bare (type and id only) or as an id; `head` are fields
    that all its activities have.
    """

    def act(kind, thing, **more):
        return activity(kind, who, thing, **{"id": ids(kind)} | head | more)

    def given(thing, form):
        bare = {"id": thing["id"], "type": thing["type"]}
        forms = {"whole": without(thing, "@context"), "id": thing["id"], "bare": bare,
                 "tombstone": {"id": thing["id"], "type": "Tombstone"}}  # fmt: skip
        return forms[form]

    def taken_back(deed):
        return act("Undo", given(deed, undone), id=f"{ids('Undo')}{deed['type']}")

    def answer(kind):
        asked = {"id": FOLLOW, "type": "Follow", "actor": MIA, "object": who}
        return act(kind, given(asked, answered_by), to=[MIA])

    star, ask = act("Like", POST, to=[MIA], cc=[]), act("Follow", MIA, to=[MIA], cc=[])
    boost = act("Announce", POST, to=[PUBLIC], cc=[MIA, f"{who}/followers"])
    return (
        Case("a star", star, {"stars": [acct]}),
        Case("a star taken back", taken_back(star), {"stars": []}, before=(star,)),
        Case("a boost", boost, {"boosts": [acct]}),
        Case("a boost taken back", taken_back(boost), {"boosts": []}, before=(boost,)),
        Case("a follow", ask, {"followers": [acct]}, is_followed=False),
        Case("a follow taken back", taken_back(ask), {"followers": []}, before=(ask,)),
        Case("yes to a follow", answer("Accept"), {"relation": {"following"}}),
        Case("no to a follow", answer("Reject"), {"relation": set()}),
        Case(
            "a deletion",
            act("Delete", given(note, deleted), to=[PUBLIC]),
            {"gone": [note["id"]]},
            before=(create(note),),
        ),
        Case(
            "an account that is gone",
            act("Delete", who, to=[PUBLIC]),
            {"gone": [note["id"]]},
            before=(create(note),),
        ),
    )
