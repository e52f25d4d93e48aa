"""Step 3: the running drop does what `functions/openapi.yaml` says, whatever is sent."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import checks as library_checks

from functions.shape import Refusal
from tests.soak import count
from tests.stores import (
    OBJECT_BYTES,
    REPO,
    Deployment,
    KeptFiles,
    Server,
    headers_for,
    make_object,
    serve,
)

EXAMPLES = count(5_000, 200)
FILE = REPO / "functions" / "openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
OPERATION = schemathesis.openapi.from_dict(DOCUMENT)["/drop"]["POST"]
# What is changed in the head of a well-shaped object.
HEADS = [{}, {"content-type": "text/plain"}, {"x-amz-content-sha256": "0" * 64}]


@pytest.fixture(scope="module")
def server(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, KeptFiles]]:
    """Run the app on an empty file store for the module."""
    folder = tmp_path_factory.mktemp("openapi")
    with serve(deployment, f"files:{folder}", folder / "output") as running:
        yield running, KeptFiles(folder)
        assert running.output() == b""


def test_the_file_lists_exactly_the_answers_that_the_code_can_give() -> None:
    """Every status and every code of the closed list is documented, and no other."""
    documented = {int(status) for status in DOCUMENT["paths"]["/drop"]["post"]["responses"]}
    assert documented == {204} | {refusal.status for refusal in Refusal}
    codes = DOCUMENT["components"]["schemas"]["Error"]["properties"]["error"]["enum"]
    assert sorted(codes) == sorted(refusal.code for refusal in Refusal)


def test_every_code_is_named_in_the_text_of_its_status() -> None:
    """A reader of the file finds each code beside the status it comes with."""
    responses = DOCUMENT["paths"]["/drop"]["post"]["responses"]
    for refusal in Refusal:
        assert refusal.code in responses[str(refusal.status)]["description"]


def test_generated_requests_get_documented_answers(server: tuple[Server, KeptFiles]) -> None:
    """Requests made from the file, and well-shaped ones with one change: no 5xx, all documented."""
    running, kept = server
    seen: set[int] = set()

    @seed(20261122)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATION.as_strategy(), change=st.none() | st.sampled_from(HEADS))
    def send(case: schemathesis.Case, change: dict[str, str] | None) -> None:
        if change is not None:
            case.body = make_object()
            case.media_type = "application/octet-stream"
            case.headers.update(headers_for(case.body) | change)
        response = case.call(base_url=f"http://127.0.0.1:{running.port}")
        seen.add(response.status_code)
        case.validate_response(
            response,
            checks=[
                library_checks.not_a_server_error,
                schemathesis.specs.openapi.checks.status_code_conformance,
                schemathesis.specs.openapi.checks.content_type_conformance,
                schemathesis.specs.openapi.checks.response_headers_conformance,
                schemathesis.specs.openapi.checks.response_schema_conformance,
            ],
        )

    send()
    assert {204, 400, 415} <= seen
    assert all(len(body) == OBJECT_BYTES for body in kept.objects().values())


def test_the_error_schema_is_closed() -> None:
    """An answer with another field or another code would not pass the schema."""
    schema = DOCUMENT["components"]["schemas"]["Error"]
    assert (schema["additionalProperties"], schema["required"]) == (False, ["error"])
    assert set(schema["properties"]) == {"error"}


def test_only_204_is_a_success() -> None:
    """No refusal has a status that a page, a proxy or a library could take for one."""
    successes = {
        status for status in DOCUMENT["paths"]["/drop"]["post"]["responses"] if status < "400"
    }
    assert successes == {"204"}
    assert min(refusal.status for refusal in Refusal) == 400
