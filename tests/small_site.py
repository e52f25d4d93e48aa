"""A site of three pages in three languages, of which a test may change everything."""

import re
import shutil
from functools import partial
from pathlib import Path

from overrides.frame import edition
from overrides.frame.edition import Job
from overrides.hooks.render import MkDocs
from overrides.press import workers
from overrides.words.errors import SiteError
from tests.site import ROOT, SETTINGS, key_list

LANGUAGES = ("nl", "en", "es")  # the last has one page of its own and falls back for the others
FRONT = "---\ntitle: {0}\ndescription: Over {0}\nsummary: Kort over {0}.\n{1}---\n\n"
DATES = "last_checked: 2026-11-22\ncheck_again: 2027-05-22\nlegal_reviewer: null\n"
SOURCE = re.findall(r"(?m)^([\w-]+):$", (ROOT / "docs/data/sources.yml").read_text("utf-8"))[0]
BODY = "## Een {{: #een }}\n\n{{{{ desk_name }}}}.[^{0}] [verder]({1}.md#een) en `zo`.\n"


class Small:
    """A site of three pages in three languages, of which everything may be changed."""

    def __init__(self, root: Path) -> None:
        self.root, self.shelf = root, root / "shelf"
        shutil.copytree(ROOT / "docs" / "data", root / "docs" / "data")
        (root / "locale").mkdir()
        (root / "keys.json").write_text(key_list(), "utf-8")
        shutil.copy(SETTINGS, root / "settings.yml")
        for language in LANGUAGES:
            shutil.copy(ROOT / f"overrides/locale/{language}.po", root / "locale")
            (root / "docs" / language).mkdir()
            for page, other in (("index", "door"), ("door", "law"), ("law", "index")):
                if language != "es" or page == "index":
                    text = FRONT.format(page, DATES) + BODY.format(SOURCE, other)
                    (root / "docs" / language / f"{page}.md").write_text(text, "utf-8")
        text = (ROOT / "mkdocs.yml").read_text("utf-8")
        text = re.sub(r"(?m)^  - (?!index|door\.|law).*\.md\n", "", text)
        others = rf"(?m)^ +- {{locale: (?!(?:{'|'.join(LANGUAGES)}),).*\n"
        (root / "mkdocs.yml").write_text(re.sub(others, "", text), "utf-8")

    def built(self, language: str, shelf: Path) -> dict[str, bytes] | str:
        """The pages of a language by name, or what is refused."""
        out = self.root / "out"
        shutil.rmtree(out, ignore_errors=True)
        try:
            workers.each([(language, partial(self._build, language, shelf, out))])
        except SiteError as error:
            return str(error)
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.html")}

    def job(self, language: str) -> Job:
        """The part of an order that one language needs."""
        root = self.root
        files = [str(root / name) for name in ("settings.yml", "keys.json", "docs")]
        return Job(language, *files, None, str(root / "locale"), str(root / "mkdocs.yml"))

    def _build(self, language: str, shelf: Path, out: Path) -> None:
        root = self.root
        mkdocs = MkDocs(root / "mkdocs.yml", root / "docs")
        site = edition.load(self.job(language))
        mkdocs.language(site, out, shelf, pages=root)  # beside it what some are made again with

    def demand_same(self) -> None:
        """Each language with what is kept, and with nothing."""
        for language in ("en", "es"):
            with_it = self.built(language, self.shelf)
            shutil.rmtree(self.root / "none", ignore_errors=True)
            assert with_it == self.built(language, self.root / "none")

    def write(self, name: str, old: str, new: str) -> None:
        """Replace the first place that holds `old`, if there is one."""
        path = self.root / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
