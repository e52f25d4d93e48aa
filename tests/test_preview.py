"""The commands of MkDocs as they are typed: `serve` shows a preview, and nothing of one is ever published.

What an editor sees while she writes is in browser/test_preview.py.
"""

from pathlib import Path

import pytest

from overrides.frame import headers
from overrides.hooks import marks
from overrides.words.errors import SiteError
from tests import serving
from tests.site import Built

FLAGS = ("--no-strict", "--dirty", "--site-dir", "out", "--config-file", "mkdocs.yml")
POLICY = (
    f'<meta http-equiv="Content-Security-Policy" content="{headers.meta_policy(form=False)}">\n'
)
PAGE = f'<head>\n{POLICY}</head>\n<body>\n<div class="frame">\n<p>Text.\n</div>\n</body>\n'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house without keys."""
    return serving.copy_of_the_house(tmp_path_factory.mktemp("house"))


@pytest.mark.parametrize("typed", [("build",), ("build", *FLAGS), ("gh-deploy", "--force")])
def test_only_serve_builds(house: Path, typed: tuple[str, ...]) -> None:
    """An editor would publish a form sealed to a practice key; whatever flags she knows."""
    done = serving.mkdocs(house, *typed)

    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert f"mkdocs {typed[0]} does not build this site" in said
    assert "make site" in said
    assert "make release" in said
    assert not (house / "out").exists()
    assert not (house / "var").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7"])
def test_a_preview_is_for_this_machine_only(house: Path, host: str) -> None:
    """On any other address somebody would write into a form that nobody opens."""
    done = serving.mkdocs(house, "serve", "-a", f"{host}:8000")

    assert done.returncode == 1
    assert f"a preview is for this machine only, and {host} is not" in done.stdout + done.stderr
    assert not (house / "var").exists()


def test_without_our_hook_mkdocs_builds_nothing(house: Path) -> None:
    """A configuration of somebody's own has no edition, and our templates make no page without one."""
    text = (house / "mkdocs.yml").read_text("utf-8")
    for name, hook in (("other", "hooks/site.py"), ("none", "")):
        lines = [f"  - overrides/{hook}"] if hook else ["  []"]
        changed = text.replace("  - overrides/hooks/commands.py", "\n".join(lines))
        (house / f"{name}.yml").write_text(changed, "utf-8")

        done = serving.mkdocs(house, "build", "-f", f"{name}.yml", "--no-strict", "-d", "out")

        assert done.returncode == 1, name
        assert list((house / "out").rglob("*.html")) == []


def test_a_page_of_the_preview_loses_its_policy_and_says_so() -> None:
    """One line goes and one comes; a page on which that cannot be done is not shown."""
    made = marks.marked(PAGE, "Only <here>.")

    assert POLICY not in made
    assert made.count('<aside class="practice">Only &lt;here&gt;.</aside>') == 1
    assert len(made.splitlines()) == len(PAGE.splitlines())
    for spoilt in (PAGE.replace(POLICY, ""), PAGE.replace("frame", "fram")):
        with pytest.raises(SiteError, match="no policy or no frame"):
            marks.marked(spoilt, "x")


def test_a_preview_names_no_address_but_this_machine() -> None:
    """Settings of a real site in the place of those for practice are refused."""
    marks.refuse_public("http://127.0.0.1:8000", "s.yml")
    with pytest.raises(SiteError, match="is of a site on the network"):
        marks.refuse_public("https://balie.example", "s.yml")


def test_a_practice_build_holds_nothing_of_a_preview(built_site: Built) -> None:
    """Every page keeps its policy and has no such banner; of a release test_site.py asks the same."""
    assert serving.signs_of_a_preview(built_site) == []
