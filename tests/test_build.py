"""The build refuses what would make a page wrong, and says where."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from overrides.press import bundle
from overrides.press.build import main
from overrides.press.order import Order
from overrides.words.errors import SiteError
from tests.processes import children
from tests.site import SETTINGS, build_site, few, key_list


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """What two languages and one from right to left are built from, which a test may spoil."""
    return few(tmp_path, "nl", "en", "ar")


@pytest.fixture
def docs(files: dict[str, Path]) -> Path:
    """The pages among them."""
    return files["docs"]


def spoil(page: Path, words: str) -> None:
    """Add words at the end of a page."""
    page.write_text(page.read_text("utf-8") + words, encoding="utf-8")


SPOILT = {
    "leaving": ("Zo is het.[^no-such-law]", "leaving.md: there is no source no-such-law"),
    "law": ("{{ telephone }}", "law.md: there is nothing to fill in for telephone"),
    "help": ("[verder](nowhere.md)", "'nowhere.md'"),
    "routes": (
        '<script src="https://x.example/x.js"></script>',
        "routes.md: holds the tag <script>",
    ),
    "privacy": ('<p onclick="leave()">x</p>', "privacy.md: holds the attribute onclick on <p>"),
    "letters": ("[x](java&#115;cript:alert(1))", "letters.md: holds a link to javascript:alert(1)"),
    "choices": ("<!-- nog nakijken -->", "choices.md: holds a comment, which everybody can read"),
    "unknown": ("x\n{: style=color:red }", "unknown.md: holds the attribute style on <p>"),
    "door": ("![x](x.png)", "door.md: holds the tag <img>"),
}


def test_every_spoilt_page_stops_the_build_and_is_named(
    docs: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    """An unknown source or name, a link that leads nowhere, HTML of its own: all of it at once."""
    for page, (words, _) in SPOILT.items():
        spoil(docs / "nl" / f"{page}.md", f"\n{words}\n")

    with pytest.raises(SiteError) as refused:
        build_site(tmp_path, **files)

    for page, (_, said) in SPOILT.items():
        lines = str(refused.value).splitlines()
        assert any(said in line and f"{page}.md" in line for line in lines), said
    assert not (tmp_path / "site").exists()


def test_a_spoilt_translation_stops_the_build_and_is_named(
    docs: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    """Every language is checked as strictly as the first, and every link to its anchor."""
    spoil(docs / "ar" / "door.md", "\n[x](write.md#nowhere)\n")

    with pytest.raises(SiteError, match=r"(?s)in ar cannot be built.*door\.md.*#nowhere"):
        build_site(tmp_path, **files)


def test_a_broken_organisation_stops_the_build_and_is_named(
    docs: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    """Also where the record is first met on a written page."""
    path = docs / "data" / "directory.yml"
    text = path.read_text("utf-8").replace("police_ties: part_of", "police_ties: friends", 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SiteError, match=r"directory\.yml: 112 has police_ties: friends"):
        build_site(tmp_path, **files)

    assert not (tmp_path / "site").exists()


def test_a_page_that_is_in_no_menu_stops_the_build(
    docs: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    """Nothing is published that no page leads to."""
    shutil.copy(docs / "nl" / "leaving.md", docs / "nl" / "forgotten.md")

    with pytest.raises(SiteError, match=r"forgotten\.md"):
        build_site(tmp_path, **files)


def test_what_is_wrong_in_all_languages_is_said_once(
    files: dict[str, Path], tmp_path: Path
) -> None:
    """A page of the menu that nobody wrote; each language finds it by itself."""
    config = files["config"]
    text = config.read_text("utf-8")
    config.write_text(text.replace("  - leaving.md\n", "  - leaving.md\n  - lost.md\n"), "utf-8")

    with pytest.raises(SiteError) as refused:
        build_site(tmp_path, **files)

    said = [str(one) for one in refused.value.every]
    assert said.count("there is no nl/lost.md") == 1


def test_a_key_list_without_intake_key_stops_the_build(tmp_path: Path) -> None:
    """A page with an empty key would look fine."""
    with pytest.raises(SiteError, match="no intake key"):
        build_site(tmp_path, keys=key_list(uses=("board", "site")))


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    """A wrong --out must not cost somebody's files."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("mine")

    with pytest.raises(SiteError, match="not a built site"):
        build_site(tmp_path)

    assert (tmp_path / "site" / "letter.txt").read_text() == "mine"


def test_a_failed_build_keeps_the_site_that_was_there(
    docs: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    """The new site takes the place of the old one only when everything is right."""
    before = build_site(tmp_path, **files).files
    spoil(docs / "en" / "door.md", "\n{{ nothing }}\n")

    with pytest.raises(SiteError):
        build_site(tmp_path, **files)

    after = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*.*")}
    assert {name for name in before if "." in name} == after
    assert [path.name for path in tmp_path.glob(".site-*")] == []


def test_a_release_asks_for_nothing_that_is_kept(tmp_path: Path) -> None:
    """A practice build takes converted and finished pages from its folder, a release never."""
    keys, out, kept = tmp_path / "keys.json", tmp_path / "site", tmp_path / "kept"
    order = Order(SETTINGS, keys, out, kept=kept)

    assert order.shelf(tmp_path / "new") == kept
    assert replace(order, release=True).shelf(tmp_path / "new") == tmp_path / "new" / "kept"
    assert replace(order, kept=None).shelf(tmp_path / "new") == tmp_path / "new" / "kept"
    assert order.finished() == kept / "finished"
    assert replace(order, release=True).finished() is None


def test_programs_of_several_machines_are_refused(tmp_path: Path) -> None:
    """A folder of packages that was copied from another machine."""
    for machine in ("linux-x64", "darwin-arm64"):
        program = tmp_path / "node_modules" / "@esbuild" / machine / "bin" / "esbuild"
        program.parent.mkdir(parents=True)
        program.write_text("", "utf-8")

    with pytest.raises(SiteError, match="esbuild is there for several machines"):
        bundle.write(tmp_path / "out", tmp_path / "overrides")


def test_what_stops_a_build_stops_esbuild_too(tmp_path: Path) -> None:
    """No process is left, and what it said is not told in place of what stopped the build."""
    before = children()
    with pytest.raises(SiteError, match="wrong"), bundle.beside(tmp_path, "assets/1"):
        raise SiteError("wrong")

    assert children() <= before


def test_without_node_the_hint_says_what_to_install(tmp_path: Path) -> None:
    """The scripts of the form page cannot be joined without it."""
    with pytest.raises(SiteError, match="esbuild is not there") as refused:
        bundle.write(tmp_path / "out", tmp_path / "overrides")

    assert refused.value.hint == "install Node 20 or later, then run: npm ci"


def test_the_command_line_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line of what, one of what to do, exit code 1, no traceback."""
    keys = str(tmp_path / "keys.json")

    code = main(["--settings", str(SETTINGS), "--keys", keys, "--out", str(tmp_path / "site")])

    said = capsys.readouterr().err
    assert code == 1
    assert said == "site: there is no key list keys.json\nhint: make one with: desk key publish\n"


def test_a_day_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """In the words of the option, not of Python."""
    wanted = ["--settings", "s", "--keys", "k", "--out", "o", "--reference-date", "2026-02-31"]

    with pytest.raises(SystemExit):
        main(wanted)
    assert "2026-02-31 is no day such as 2026-11-22" in capsys.readouterr().err
