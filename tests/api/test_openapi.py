"""The description of the API is valid, complete, and says what handlers read."""

import pytest

from watertower.api.routes import ROUTES


@pytest.fixture
async def document(client):
    answer = await client.get("/api/openapi.json")
    assert answer.status == 200
    return answer.json


async def test_every_operation_is_described_with_a_sentence(document):
    described = [one for path in document["paths"].values() for one in path.values()]
    assert document["openapi"] == "3.1.0"
    assert len(described) == len({(row.method, row.path) for row in ROUTES})
    assert [one["operationId"] for one in described if not one["summary"].endswith(".")] == []
    assert len({one["operationId"] for one in described}) == len(described)


async def test_every_reference_leads_somewhere(document):
    def references(value):
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) - known == set()


async def test_parameters_are_those_that_the_handler_reads(document):
    posting = document["paths"]["/api/v1/statuses"]["post"]["requestBody"]["content"]
    read = posting["application/json"]["schema"]["properties"]
    home = document["paths"]["/api/v1/timelines/home"]["get"]["parameters"]
    assert {"status", "media_ids", "poll", "visibility", "content_type"} <= set(read)
    assert {"options", "expires_in", "multiple", "hide_totals"} == set(read["poll"]["properties"])
    assert {"max_id", "since_id", "min_id", "limit"} <= {one["name"] for one in home}


async def test_parts_of_an_address_are_parameters(document):
    for path, operations in document["paths"].items():
        wanted = {part.partition("}")[0] for part in path.split("{")[1:]}
        for one in operations.values():
            named = {p["name"] for p in one.get("parameters", []) if p["in"] == "path"}
            assert named == wanted, path


async def test_answers_and_scopes_are_named(document):
    one = document["paths"]["/api/v1/statuses/{id}/favourite"]["post"]
    answer = one["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/status"}
    assert {"oauth": ["write:favourites"]} in one["security"]
