"""The key list as the site build sees it: shape and presence, no signature."""

import json

import pytest

from overrides.frame.keylist import parse
from overrides.words.errors import SiteError
from tests.site import key_list


def resigned(**changed: object) -> str:
    """A list whose signed part has some names changed."""
    outer = json.loads(key_list())
    return json.dumps({**outer, "signed": json.dumps({**json.loads(outer["signed"]), **changed})})


def test_a_list_gives_its_exact_text_and_the_site_key() -> None:
    """The page needs the bytes as they were signed; another encoding would break the signature."""
    found = parse(key_list())

    assert found.text == key_list()
    assert len(bytes.fromhex(found.site_key)) == 32
    assert len(found.fingerprints) == 1
    assert len(found.fingerprints[0].split()) == 16


def test_a_list_without_intake_key_is_refused() -> None:
    """A form page without a key would look fine and seal nothing."""
    with pytest.raises(SiteError, match="no intake key"):
        parse(key_list(uses=("board", "site")))


def test_a_list_without_site_key_is_refused() -> None:
    """The page could not check the signature."""
    with pytest.raises(SiteError, match="exactly one site key"):
        parse(key_list(uses=("intake", "board")))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"signed": 3}', '{"signed": "{}"}', resigned(keys=3), resigned(keys=[{}])],
)
def test_another_shape_is_refused(text: str) -> None:
    """The message names the section, and nothing of the text is repeated."""
    with pytest.raises(SiteError, match=r"not a key list as in WIRE\.md section 6"):
        parse(text)


def test_a_key_of_another_length_is_refused() -> None:
    """1,216 bytes for intake, 32 for the others."""
    with pytest.raises(SiteError, match="has 1 bytes"):
        parse(resigned(keys=[{"use": "intake", "public": "AA=="}]))


def test_the_mark_practice_must_be_there() -> None:
    """A list that does not say what it is for could slip into a release."""
    keys = json.loads(json.loads(key_list())["signed"])["keys"]
    with pytest.raises(SiteError, match="the mark practice"):
        parse(resigned(practice="no", keys=keys))
