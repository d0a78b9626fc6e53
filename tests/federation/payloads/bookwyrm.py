"""BookWyrm: what it says of books it sends to others as Notes and Articles, with a cover."""

from tests.federation.payloads.case import (
    AS,
    MIA,
    POST,
    PUBLIC,
    Case,
    Program,
    activity,
    actor,
    create,
    deeds,
    ignored,
    mention,
    shows,
    update,
)

BASE = "https://folio.example"
ADA = f"{BASE}/user/ada"
FOLLOWERS = f"{ADA}/followers"
BOOK = f"{BASE}/book/7"
ACCT = "ada@folio.example"


def person(**more):
    """A member."""
    return actor(
        ADA,
        "ada",
        key="/#main-key",
        url=f"{BASE}/user/ada",
        summary="<p>Reads</p>",
        endpoints={"sharedInbox": f"{BASE}/inbox"},
        icon={"id": "", "@context": AS, "type": "Document", "url": f"{BASE}/images/ada.png",
              "name": "avatar for ada"},
        bookwyrmUser=True,
        manuallyApprovesFollowers=False,
        discoverable=True,
        hideFollows=False,
        alsoKnownAs=[],
        movedTo=None,
        shelves=f"{ADA}/shelves",
        **more,
    ) | {"name": "Ada"}  # fmt: skip


def note(number, content, kind="Note", **more):
    """A status of any kind, as it is sent to programs that know no books."""
    return {
        "@context": AS,
        "id": f"{ADA}/{'generatednote' if kind == 'GeneratedNote' else 'status'}/{number}",
        "type": kind,
        "published": "2026-03-04T05:06:07.123456+00:00",
        "attributedTo": ADA,
        "content": content,
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "replies": {"id": f"{ADA}/status/{number}/replies", "type": "OrderedCollection"},
        "inReplyTo": None,
        "summary": None,
        "tag": [],
        "attachment": [],
        "sensitive": False,
        "url": None,
        "updated": None,
        "quote": "",
        **more,
    }


COVER = {
    "@context": AS, "id": "", "type": "Document", "url": f"{BASE}/covers/7.jpg",
    "name": "Ann Other: Hills (Hardcover)",
}  # fmt: skip
EDITION = {"type": "Edition", "href": BOOK, "name": "Hills"}
ABOUT = f'<p>Fine (comment on <a href="{BOOK}">"Hills"</a>)</p>'
HELLO = note(1, "<p>Reading</p>")
REVIEW = note(2, f'<p>Good</p><p><a href="{BOOK}">"Hills"</a></p>', "Article",
              name='Review of "Hills" (4 stars): Slow', attachment=[COVER], tag=[EDITION])  # fmt: skip
QUOTATION = note(
    3, f'<p>"Up there"</p> <p>— <a href="{BOOK}"><i>Hills</i></a>, p. 4</p><p>Mine</p>',
    attachment=[COVER],
)  # fmt: skip
CASES = (
    Case("a status", create(HELLO), shows(content="<p>Reading</p>")),
    Case("a comment on a book, with its cover",
         create(note(4, ABOUT, attachment=[COVER], inReplyToBook=BOOK, readingStatus="reading")),
         shows(content=ABOUT, media=[("image", "Ann Other: Hills (Hardcover)")])),
    Case("a cover that is no list", create(note(4, ABOUT, attachment=COVER)),
         shows(content=ABOUT, media=[("image", "Ann Other: Hills (Hardcover)")])),
    Case(
        "a review",
        create(REVIEW),
        shows(
            content='<p><strong>Review of "Hills" (4 stars): Slow</strong></p>'
            f"<p>[{REVIEW['id']}]</p>",
            media=[("image", "Ann Other: Hills (Hardcover)")],
        ),
    ),
    Case(
        "a rating without words",
        create(note(5, f'Rated <em><a href="{BOOK}">Hills</a></em>: 4 stars', attachment=[COVER])),
        shows(content=f'Rated <em><a href="{BOOK}">Hills</a></em>: 4 stars',
              media=[("image", "Ann Other: Hills (Hardcover)")]),
    ),
    Case("a quotation", create(QUOTATION),
         shows(content=QUOTATION["content"], media=[("image", "Ann Other: Hills (Hardcover)")])),
    Case("a sentence that the program made, sent as a Note",
         create(note(6, f'ada wants to read <a href="{BOOK}"><i>Hills</i></a>', tag=[EDITION])),
         shows(content=f'ada wants to read <a href="{BOOK}"><i>Hills</i></a>')),
    Case("a sentence that the program made, in its own type",
         create(note(6, "ada wants to read", "GeneratedNote")),
         ignored("not a type of status that we keep")),
    Case("a review in its own type", create(note(7, "Good", "Review", rating=4.0, inReplyToBook=BOOK)),
         ignored("not a type of status that we keep")),
    Case("a quotation in its own type",
         create(note(7, "Good", "Quotation", quote="Up there", inReplyToBook=BOOK)),
         ignored("not a type of status that we keep")),
    Case("an empty quote is no quote", create(note(8, "<p>x</p>", quote="")),
         shows(content="<p>x</p>")),
    Case("words quoted from a book are no quoted post", create(note(8, "<p>x</p>", quote="<p>Up</p>")),
         shows(content="<p>x</p>")),
    Case("a status that tells the end", create(note(9, "<p>He dies</p>", summary="Ending",
                                                   sensitive=True)),
         shows(content="<p>He dies</p>", warning="Ending", sensitive=True)),
    Case("a status with its sensitivity as a word", create(note(10, "x", sensitive="false")),
         shows(content="x")),
    Case("a quiet status", create(note(11, "x", to=[FOLLOWERS], cc=[PUBLIC])),
         shows(content="x", visibility="unlisted")),
    Case("a status for followers", create(note(12, "x", to=[FOLLOWERS], cc=[])),
         shows(content="x", visibility="private")),
    Case("a message", create(note(13, "x", to=[MIA], cc=[], tag=[mention(MIA, "@mia@here.example")])),
         shows(content="x", visibility="direct", mentions=["mia"])),
    Case("an answer", create(note(14, "Yes", inReplyTo=POST, cc=[FOLLOWERS, MIA],
                                  tag=[mention(MIA, "@mia@here.example")])),
         shows(content="Yes", reply_to=POST, mentions=["mia"])),
    Case("a hashtag", create(note(15, "#hills", tag=[
        {"type": "Hashtag", "href": f"{BASE}/hashtag/1", "name": "#hills"}, EDITION])),
         shows(content="#hills", tags=["hills"])),
    Case("a changed status", update(note(1, "<p>Read</p>", updated="2026-03-05T00:00:00+00:00")),
         shows(content="<p>Read</p>", is_edited=True), before=(create(HELLO),)),
    Case("a book on a shelf",
         activity("Add", ADA, {"id": f"{BASE}/shelfbook/1", "type": "ShelfItem", "book": BOOK},
                  target=f"{ADA}/books/to-read"),
         ignored("a collection that we do not keep")),
    Case("a changed book", activity("Update", ADA, {"id": BOOK, "type": "Edition", "title": "Hills"}),
         ignored("a change of something that is not known")),
    Case("a report", activity("Flag", ADA, [MIA], content="bad", to=[MIA]),
         {"reports": [("bad", 0)]}),
    Case("a changed profile", activity("Update", ADA, person(), to=[PUBLIC]),
         {"account": {"display_name": "Ada", "note": "<p>Reads</p>", "bot": False}}),
    *deeds(ADA, ACCT, HELLO, ids=lambda kind: f"{ADA}#{kind.lower()}s/1"),
)  # fmt: skip

PROGRAM = Program("BookWyrm", (person(),), CASES)
