"""Whoever builds the site again gets the same files: another place, day, machine, language and order change no byte."""

from pathlib import Path

from tests import rebuilds
from tests.rebuilds import Way
from tests.site import Built


def test_built_in_every_other_way_at_once_it_is_the_same_site(
    built_site: Built, tmp_path: Path
) -> None:
    """From the settings that it serves, in a copy at a longer path, forty days later, on one processor."""
    house = rebuilds.copy(tmp_path / "a copy of the house" / ("of a long name" * 5))
    out = built_site.out
    options = ["--settings", out / "settings.yml", "--keys", out.parent / "keys.json"]

    out = rebuilds.press(house, Way(clock="+40d", lone=True, strange=True), *options)

    found = rebuilds.files(built_site.out)
    assert len(found) > 1_000
    assert rebuilds.difference(found, rebuilds.files(out)) == ""


def test_the_first_file_that_differs_is_named() -> None:
    """A file that is missing, extra or another, whichever stands first."""
    one = {"/a": "1", "/b": "2", "/d": "3"}
    assert rebuilds.difference(one, {"/a": "1", "/b": "3", "/d": "4"}) == "differs: /b"
    assert rebuilds.difference(one, {"/b": "2", "/d": "3"}) == "missing: /a"
    assert rebuilds.difference(one, one | {"/c": "5"}) == "extra: /c"
    assert rebuilds.difference(one, {**one}) == ""
