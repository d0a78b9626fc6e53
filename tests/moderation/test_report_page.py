"""Reporting on our own page: asked for words, shown who sees what, sent once."""

import re

from tests.moderation.desk import a_moderator, case_of
from tests.web.visit import signed_in, where
from tests.world import a_follow, a_status, an_account, unique
from watertower.moderation.queries.evidence import list_evidence
from watertower.moderation.queries.reports import list_reports_by_id
from watertower.statuses.model import Visibility


def once_key(answer):
    return re.search(r'name="once_key" value="([^"]+)"', answer.text).group(1)


async def reports_of(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all("SELECT id FROM reports WHERE account_id = $1", account.id)
        found = await list_reports_by_id(tx, report_ids=[row["id"] for row in rows])
    return sorted(found, key=lambda one: one.id)


async def test_the_form_asks_for_words_and_takes_a_report_without_any(ctx, client):
    visit, me = await signed_in(ctx, client)
    post = await a_status(ctx, by=await an_account(ctx), text="A cruel thing")

    form = await visit.get(f"/reports/new?status_id={post.id}")
    assert form.status == 200
    assert "A cruel thing" in form.text
    asked = await visit.submit("/reports/preview", category="other")
    assert asked.status == 422
    assert "I have no words for it" in asked.text
    preview = await visit.submit("/reports/preview", category="other", is_wordless="1")
    assert preview.status == 200
    assert await reports_of(ctx, me) == []
    sent = await visit.submit("/reports", do="send")
    assert sent.status == 303
    (report,) = await reports_of(ctx, me)
    assert (report.comment, report.category) == ("", "other")


async def test_the_preview_shows_each_side_exactly_what_it_will_see(ctx, client):
    visit, me = await signed_in(ctx, client)
    domain = f"{unique('far').replace('_', '-')}.example"
    author = await an_account(ctx, domain=domain)
    post = await a_status(ctx, by=author, text="Something", is_local=False)
    typed = {
        "comment": "It hurts us " + "x" * 2000,
        "category": "violation",
        "status_ids[]": str(post.id),
        "language": "uk",
        "translation": "Translated words",
        "context": "A code word",
        "forward_reason": "They are good people",
    }

    await visit.get(f"/reports/new?status_id={post.id}")
    undecided = await visit.submit("/reports/preview", **typed)
    assert undecided.status == 422
    assert f"moderators of {domain} are told" in undecided.text
    preview = await visit.submit("/reports/preview", **typed, forward="yes")
    ours, theirs, _ = re.findall(r'<section class="sheet".*?</section>', preview.text, re.DOTALL)
    for words in (f"@{me.username}", "Translated words", "A code word", "They are good people"):
        assert words in ours
        assert words not in theirs
    assert "It hurts us" in theirs
    assert "the server localhost" in theirs
    await visit.submit("/reports", do="send")
    (report,) = await reports_of(ctx, me)
    assert report.is_forwarded
    assert report.comment == typed["comment"]
    assert (report.language, report.translation, report.context) == (
        "uk",
        "Translated words",
        "A code word",
    )


async def test_a_form_sent_twice_files_one_report(ctx, client):
    visit, me = await signed_in(ctx, client)
    target = await an_account(ctx)

    await visit.get(f"/reports/new?account_id={target.id}")
    await visit.submit("/reports/preview", comment="Rude", category="spam")
    first = await visit.submit("/reports", do="send")
    again = await visit.submit("/reports", do="send")

    assert where(first) == where(again)
    assert len(await reports_of(ctx, me)) == 1


async def test_graphic_posts_are_left_out_and_the_case_is_for_those_who_chose_to(ctx, client):
    visit, me = await signed_in(ctx, client)
    moderator = await a_moderator(ctx, client)
    post = await a_status(ctx, by=await an_account(ctx), text="Blood")

    await visit.get(f"/reports/new?status_id={post.id}")
    await visit.submit(
        "/reports/preview", comment="Gore of a person", category="legal", is_graphic="1",
        **{"status_ids[]": str(post.id)},
    )  # fmt: skip
    await visit.submit("/reports", do="send")
    (report,) = await reports_of(ctx, me)
    case_id = await case_of(ctx, report.id)

    assert (report.status_ids, report.is_graphic) == ([], True)
    line = f"/desk/cases/{case_id}"
    assert line not in (await moderator.get("/desk/cases")).text
    await moderator.submit("/desk/cases/graphic")
    queue = await moderator.get("/desk/cases")
    assert line in queue.text
    assert "Gore of a person" not in queue.text


async def test_many_reports_are_thanked_and_none_refused(ctx, client):
    visit, me = await signed_in(ctx, client)
    notes = []
    for _ in range(6):
        target = await an_account(ctx)
        await visit.get(f"/reports/new?account_id={target.id}")
        await visit.submit("/reports/preview", comment="Again", category="spam")
        notes.append(where(await visit.submit("/reports", do="send")).partition("note=")[2])

    assert notes == ["sent", "sent", "sent", "sent", "many", "many"]
    assert (
        "a walk"
        in (
            await visit.get(f"/account/reports/{(await reports_of(ctx, me))[-1].id}?note=many")
        ).text
    )


async def test_a_report_of_a_followers_only_post_is_covered_evidence_and_each_look_is_logged(
    ctx, client
):
    visit, me = await signed_in(ctx, client)
    author = await an_account(ctx)
    await a_follow(ctx, me, author)
    post = await a_status(ctx, by=author, text="For friends", visibility=Visibility.PRIVATE)
    moderator = await a_moderator(ctx, client)
    await visit.get(f"/reports/new?status_id={post.id}")
    await visit.submit(
        "/reports/preview", comment="Look", category="other", **{"status_ids[]": str(post.id)}
    )
    await visit.submit("/reports", do="send")
    (report,) = await reports_of(ctx, me)
    case_id = await case_of(ctx, report.id)

    covered = await moderator.get(f"/desk/cases/{case_id}")
    assert "For friends" not in covered.text
    shown = await moderator.get(f"/desk/cases/{case_id}?evidence=shown")
    assert "For friends" in shown.text
    async with ctx.reading() as tx:
        (private,) = [one for one in await list_evidence(tx, case_id=case_id) if one.is_private]
        looks = await tx.fetch_all(
            "SELECT actor_account_id, subject_id FROM audit_log "
            "WHERE case_id = $1 AND verb = 'read_evidence'",
            case_id,
        )
    assert [tuple(row) for row in looks] == [(moderator.me.id, str(private.id))]


async def test_the_reporter_sees_received_looked_at_and_closed_and_never_the_outcome(ctx, client):
    visit, me = await signed_in(ctx, client)
    moderator = await a_moderator(ctx, client)
    target = await an_account(ctx)
    await visit.get(f"/reports/new?account_id={target.id}")
    await visit.submit("/reports/preview", comment="Rude", category="spam")
    await visit.submit("/reports", do="send")
    (report,) = await reports_of(ctx, me)
    one, case = f"/account/reports/{report.id}", f"/desk/cases/{await case_of(ctx, report.id)}"

    assert ">Received<" in (await visit.get(one)).text
    await moderator.get(case)
    assert ">Being looked at<" in (await visit.get(one)).text
    reporter = {"reporter": str(me.id), "text": "When was that?"}
    await moderator.submit(f"{case}/ask", **reporter)
    asked = await visit.get(one)
    assert ">The team asked you something<" in asked.text
    assert "When was that?" in asked.text
    assert moderator.me.username not in asked.text
    await visit.submit(one, text="Yesterday")
    await moderator.get(case)
    await moderator.submit(
        f"{case}/decide", kind="limit", reason="Rude", closes="1", advice="Name the post"
    )
    closed = (await visit.get(one)).text
    assert ">Closed<" in closed
    assert "Name the post" in closed
    assert "limit" not in closed.lower()
    assert ">Closed<" in (await visit.get("/account/reports")).text


async def test_the_form_warns_before_a_server_we_look_into_is_told(ctx, client):
    visit, _ = await signed_in(ctx, client)
    domain = f"{unique('far').replace('_', '-')}.example"
    author = await an_account(ctx, domain=domain)
    path = f"/reports/new?account_id={author.id}"

    assert "may not be safe" not in (await visit.get(path)).text
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO server_reviews (domain, state, cause, created_at) "
            "VALUES ($1, 'researching', 'research', now())",
            domain,
        )
    assert f"We are looking into {domain}" in (await visit.get(path)).text
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO server_policies (domain, severity) VALUES ($1, 'limit')", domain
        )
    assert f"We have limited {domain} before" in (await visit.get(path)).text


async def test_the_form_points_to_muting_and_filters_and_takes_the_report(ctx, client):
    visit, me = await signed_in(ctx, client)
    target = await an_account(ctx)

    form = await visit.get(f"/reports/new?account_id={target.id}")
    assert "muting, blocking and filters" in form.text
    await visit.submit("/reports/preview", comment="Annoying", category="other")
    assert (await visit.submit("/reports", do="send")).status == 303
    assert len(await reports_of(ctx, me)) == 1
