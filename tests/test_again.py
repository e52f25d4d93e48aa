"""Pages made again after their texts changed: the site is as a whole build makes it, or a whole build makes it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overrides.frame import edition, inputs
from overrides.hooks import again
from overrides.press import workers
from overrides.words.errors import SiteError
from tests.site import ROOT
from tests.small_site import LANGUAGES, SOURCE, Small
from tests.soak import count

Change = Callable[[Small], None]
Pages = dict[str, bytes]
EDITED = ("nl/law", "en/law", "en/door", "es/index")


class Watched:
    """A small site that was built whole: all pages of each language, what was read, and what was written down."""

    def __init__(self, root: Path) -> None:
        self.small = Small(root)
        self.read = inputs.read(self.small.job("en"))
        self.pages = {one: self._whole(one) for one in LANGUAGES}
        files = {one: root / f"{one}.json" for one in LANGUAGES}
        self.told = {one: json.loads(path.read_bytes()) for one, path in files.items()}

    def _whole(self, language: str) -> Pages:
        found = self.small.built(language, self.small.shelf)
        assert isinstance(found, dict), found
        return found

    def again(self, language: str) -> Pages | None:
        """The pages with those made again whose text changed; None where that is left to a whole build."""
        out, now = self.small.root / "again", inputs.read(self.small.job("en"))
        assert now.around == self.read.around
        changed = {name for name, text in now.texts.items() if text != self.read.texts[name]}
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        try:
            workers.each([(language, partial(self._again, language, now, changed, out))])
        except SiteError:
            return None
        made = {path.name.replace("+", "/"): path.read_bytes() for path in out.iterdir()}
        return self.pages[language] | made

    def _again(self, language: str, now: inputs.Read, changed: set[str], out: Path) -> None:
        site = edition.load(self.small.job(language))
        shown = {name: name.split("/") for name in changed}
        texts = {
            page: now.texts[name]
            for name, (folder, page) in shown.items()
            if site.shown(page).language == folder
        }
        found = again.pages(site, texts, self.told[language], self.small.shelf)
        for name, html in found.items():
            path = edition.url_path(language, name).removeprefix(f"/{language}/")
            (out / f"{path}index.html".replace("/", "+")).write_text(html, "utf-8")

    def demand_same(self) -> None:
        """Each language as a whole build with nothing kept makes it; what that refuses is left to it."""
        for language in ("nl", "en", "es"):
            made, none = self.again(language), self.small.root / "none"
            shutil.rmtree(none, ignore_errors=True)
            whole = self.small.built(language, none)
            assert made == whole or (made is None and isinstance(whole, str))


def adding(page: str, words: str) -> Change:
    return lambda site: site.write(f"docs/{page}.md", "`zo`.", f"`zo`.\n\n{words}")


def replacing(page: str, old: str, new: str) -> Change:
    return lambda site: site.write(f"docs/{page}.md", old, new)


RIGHT = [
    "plain words, 020 123 45 67",
    "## Twee {: #een2 }\n\n[a](#een2)",
    "## Twee\n\n## Twee\n\n### Drie",
    "*x* **y** | z {{ organisation }}\n",
    "[a](law.md) [b](./door.md#een) [c](index.md?x=1) [d](https://example.org/a?b&c)",
    f"x[^{SOURCE}] y[^{SOURCE}]\n\n| a | b |\n|---|--:|\n| c[^{SOURCE}] | d |",
    '!!! folded "T"\n    words\n\nterm\n:   what it is',
    "{bills}\n\n{contact:112}",
    "{coverage}",
    "@@body@@ @@first@@ {{ desk_name }}",
    "a\x0cb\x85c\u2028d",
    "- [**a**](#een){: .i-gone }\n- b",
    "    code\n\n```\nfenced\n```\n",
]
WRONG = [
    "[a](law.md#twee)",
    "[a](gone.md)",
    "[a](nowhere)",
    "[a](/law/)",
    "[a](#gone)",
    "{{ nobody }}",
    "x[^gone]",
    "<b onclick=x>",
    "<!-- later -->",
    "*Say*{: .say }",
    "{contact:nobody}",
    "{summary}",
]
CHANGES = st.one_of(
    st.builds(adding, st.sampled_from(EDITED), st.sampled_from(RIGHT)),
    st.builds(adding, st.sampled_from(EDITED), st.sampled_from(WRONG)),
    st.builds(replacing, st.sampled_from(EDITED), st.just("{: #een }"), st.just("{: #drie }")),
    st.builds(replacing, st.sampled_from(EDITED), st.just("{: #drie }"), st.just("{: #een }")),
    st.builds(replacing, st.sampled_from(EDITED), st.just("## Een {: #een }"), st.just("")),
    st.builds(replacing, st.sampled_from(EDITED), st.just("[verder]"), st.just("[elders]")),
)


@given(changes=st.lists(CHANGES, min_size=1, max_size=4))
@settings(
    max_examples=count(300, 2),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_whatever_text_is_changed_a_site_is_as_made_whole(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change]
) -> None:
    """Words, links, anchors, sources, parts made from data, and all that is refused."""
    site = Watched(tmp_path_factory.mktemp("small"))
    for change in changes:
        change(site.small)
        site.demand_same()


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return Watched(tmp_path_factory.mktemp("watched"))


def test_whatever_is_right_is_made_again_and_alike(watched: Watched) -> None:
    """All of it at once, on pages that several languages show."""
    before = {page: (watched.small.root / f"docs/{page}.md").read_text("utf-8") for page in EDITED}
    for page in EDITED:
        adding(page, "\n\n".join(RIGHT))(watched.small)
    try:
        watched.demand_same()
        assert watched.again("es") != watched.pages["es"]
    finally:
        for page, text in before.items():
            (watched.small.root / f"docs/{page}.md").write_text(text, "utf-8")


@pytest.mark.parametrize("words", WRONG)
def test_what_a_whole_build_refuses_is_left_to_it(watched: Watched, words: str) -> None:
    """It says what is wrong; that it does so stands in the tests of `built`."""
    path = watched.small.root / "docs/en/door.md"
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n\n{words}\n", "utf-8")
    try:
        kept = {one.name for one in watched.small.shelf.iterdir()}
        assert watched.again("en") is None
        assert {one.name for one in watched.small.shelf.iterdir()} == kept
    finally:
        path.write_text(before, "utf-8")


def test_a_page_that_begins_otherwise_is_left_to_a_whole_build(watched: Watched) -> None:
    """Rows before all else stand before what is said of a borrowed text, where its frame has no place for them."""
    path = watched.small.root / "docs/en/law.md"
    before = path.read_text("utf-8")
    path.write_text(
        before.replace("## Een", "- [**a**](#een){: .i-gone }\n\n{summary}\n\n## Een"), "utf-8"
    )
    try:
        assert watched.again("es") is None
    finally:
        path.write_text(before, "utf-8")


def test_a_part_that_another_page_links_to_is_missed_when_it_goes(watched: Watched) -> None:
    """The page that leads there is not made again."""
    path = watched.small.root / "docs/en/law.md"
    before = path.read_text("utf-8")
    path.write_text(before.replace("{: #een }", "{: #drie }"), "utf-8")
    try:
        assert watched.again("en") is None
    finally:
        path.write_text(before, "utf-8")


def test_a_page_made_again_loads_no_more_than_it_needs() -> None:
    """Neither all of MkDocs nor templates, which take longer to load than the page takes to make."""
    program = "import sys, overrides.press.build, overrides.hooks.again; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "markdown" in loaded
    assert loaded & {"jinja2", "polib", "mkdocs.config", "mkdocs.plugins", "mkdocs.theme"} == set()
