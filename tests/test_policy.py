"""Steps 1 and 9: which response headers go with which path."""

import json

import pytest

from functions.errors import SetupError
from functions.site_headers import parse
from tests.stores import POLICY

POLICY_TEXT = json.dumps(POLICY)


@pytest.mark.parametrize("path", ["/", "/nl/", "/nl/write", "/nl/write/x", "/drop", "/nl/writing/"])
def test_a_path_without_its_own_entry_has_the_default(path: str) -> None:
    """Whatever is asked for, also what does not exist, carries the default headers."""
    headers = dict(parse(POLICY_TEXT).at(path))
    assert headers["content-security-policy"] == "default-src 'none'"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/nl/write/", "/nl/write/index.html"])
def test_a_folder_and_its_index_file_have_the_folder_s_headers(path: str) -> None:
    """The form page is never kept by a browser, under either of its two addresses."""
    headers = dict(parse(POLICY_TEXT).at(path))
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_header_is_replaced_whatever_the_case_of_its_name() -> None:
    """Two spellings of one name must not end as two headers that contradict."""
    policy = {"default": {"Content-Security-Policy": "a"}, "paths": {}}
    policy["paths"] = {"/x/": {"content-SECURITY-policy": "b"}}
    assert parse(json.dumps(policy)).at("/x/") == (("content-security-policy", "b"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"default": {}, "paths": {}}',
        '{"default": {"a": "b"}, "paths": {}}',
        '{"default": {"content-security-policy": "x"}}',
        '{"default": {"content-security-policy": "x", "a": "b\\r\\nset-cookie: c"}, "paths": {}}',
        '{"default": {"content-security-policy": "x", "a": "\\u2014"}, "paths": {}}',
        '{"default": {"content-security-policy": "x", "a b": "c"}, "paths": {}}',
        '{"default": {"content-security-policy": "x", "a": 5}, "paths": {}}',
    ],
)
def test_a_file_without_a_policy_is_refused(text: str) -> None:
    """A page without its policy looks fine and is not, so the app does not start."""
    with pytest.raises(SetupError):
        parse(text)
