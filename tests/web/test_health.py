"""Health and metrics."""

from watertower.base.settings import ServerSettings
from watertower.web.health import may_read_metrics


async def test_live_and_ready_answer(client):
    assert (await client.get("/health")).text == "OK"
    ready = await client.get("/health/ready")
    assert (ready.status, ready.json["ready"]) == (200, True)


async def test_not_ready_names_what_fails_and_nothing_else(ctx, client, monkeypatch):
    async def broken():
        raise OSError("no space left at /secret/place")

    monkeypatch.setattr(ctx.storage, "check", broken)

    answer = await client.get("/health/ready")

    assert (answer.status, answer.json["failing"]) == (503, ["storage"])
    assert "secret" not in answer.text


async def test_metrics_are_for_this_machine(client):
    assert "watertower_requests_total" in (await client.get("/metrics")).text
    through_proxy = {"X-Forwarded-For": "203.0.113.9"}
    assert (await client.get("/metrics", headers=through_proxy)).status == 404


def test_a_token_opens_the_metrics_from_anywhere():
    server = ServerSettings(metrics_token="open sesame")

    def may(ip, **headers):
        return may_read_metrics(server, ip=ip, headers=headers)

    assert may("203.0.113.9", authorization="Bearer open sesame")
    assert not may("203.0.113.9", authorization="Bearer nonsense")
    assert not may("203.0.113.9")
    assert may("127.0.0.1")
    assert not may("nonsense")
    assert not may_read_metrics(ServerSettings(), ip="203.0.113.9", headers={"authorization": ""})
