"""One case on paper (desk/letters/dossier.py)."""

import html as markup
import re
import sys
from datetime import date
from html.parser import HTMLParser

import pytest

from desk import terminal
from desk.cases.book import Casebook
from desk.letters import dossier
from desk.letters.dossier import Block, Dossier, Fact
from desk.strings import Strings
from tests import letter_samples as samples
from tests.letter_samples import TODAY, passes

HOSTILE = (
    "<script>alert(1)</script>",
    "</div><img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "<!-- <b>",
    "&lt;b&gt; &amp; &#x3c;",
    '" onmouseover="alert(1)',
    "' style='x",
    "{{ 7 * 7 }} {% raw %}",
    "]]> <![CDATA[",
    "https://example.org javascript:alert(1)",
    "\x1b[2J\x00\x07\r\n\x0c",
    "\u202eabc\u2066\u200f",
    "\n\nregels\n\n",
    "فاطمة 你好 ไทย 👩\u200d👩\u200d👧",
)


class Texts(HTMLParser):
    """Reads back every text of a page, and every tag with what it carries."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data


def page(*texts: str, fact: str = "") -> str:
    blocks = tuple(Block("Haar verhaal", text) for text in texts)
    return dossier.html(
        Dossier("bonte fuut", "nl", ("Let op",), (Fact("Waar", fact),), blocks), TODAY
    )


def test_every_code_point_reads_back_as_the_clean_text() -> None:
    """All 1,114,112 in stories: the page holds exactly what the terminal filter leaves of them."""
    points = "".join(map(chr, range(sys.maxunicode + 1)))
    stories = [points[start : start + 65_536] for start in range(0, len(points), 65_536)]
    # Lone surrogates cannot stand in a complaint; they are marked like everything hidden.
    read = Texts(page(*stories)).texts["div"]
    assert read == [terminal.clean(story) for story in stories]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_written_is_text_whatever_it_looks_like(text: str) -> None:
    """In a story, a field, a heading and a title; no tag of a page comes from it."""
    plain = Texts(page("x", fact="x"))
    read = Texts(page(text, fact=text))
    assert read.texts["div"] == [terminal.clean(text)]
    assert read.texts["bdi"][1] == terminal.clean(text)
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]
    told = Dossier(text, "nl", (), (), (Block(text, "x", text),))
    titled = Texts(dossier.html(told, TODAY))
    assert titled.texts["title"] == [terminal.clean(text)]
    assert titled.texts["bdi"] == [terminal.clean(text)] * 2
    assert dict(titled.tags)["div"]["lang"] == terminal.clean(text)


def test_a_page_runs_and_fetches_nothing() -> None:
    """No script, no address, no handler; a policy that allows one style sheet by its hash."""
    made = page("x")
    read = Texts(made)
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "a", "form"}
    assert not {name for _, found in read.tags for name in found} & {
        "src",
        "href",
        "style",
        "onclick",
    }
    assert re.search(
        r"default-src &#39;none&#39;|default-src 'none'; style-src 'sha256-[\w+/=]{44}';", made
    )
    assert "http://" not in made.replace("http-equiv", "")


def test_a_dossier_holds_the_whole_case_but_no_name(book: Casebook) -> None:
    """Story, note, translation, answer and facts; who she is stays masked until it is asked for."""
    told = {"address_as": "Brechtje", "contact": "bel 0612345678", "municipality": "Oss"}
    case = samples.add(book, **told, **passes("details", "help"), topics=["check"])
    noted = samples.event(case.subject, "noted", {"text": "eerste notitie", "basis": "told"})
    made = {"text": "three men came", "language": "en", "made_by": "person", "who": "Bo"}
    triaged = samples.event(case.subject, "triaged", {"about_name": "Zonnehof"})
    book.add([noted, samples.event(case.subject, "translated", made), triaged])
    words = Strings("nl")
    masked = dossier.text(dossier.of(book, case, words), TODAY)
    for part in (
        case.pseudonym,
        "eerste notitie",
        "three men came",
        "week 48 van 2026",
        "Rodrigo",
        "Oss",
    ):
        assert part in masked
    assert not re.search("Brechtje|0612345678|Zonnehof|2026-11-2|2[0-24-9] november", masked)
    assert masked.count(dossier.MASK) == 3
    open_ = dossier.text(dossier.of(book, case, words, unmask=True), TODAY)
    assert all(part in open_ for part in ("Brechtje", "0612345678", "Zonnehof"))
    assert dossier.MASK not in open_


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_dossier_speaks_both_languages_and_never_prints_a_key(
    book: Casebook, language: str
) -> None:
    """Labels are words, not ids; what opens an answer is not on paper; practice is marked."""
    keys = {"reply_key": "ab" * 32, "tag_key": "cd" * 32, "role": "self", "wish": "act"}
    case = samples.add(book, **keys, **passes("pattern", "ombudsman"))
    made = dossier.of(book, case, Strings(language), unmask=True)
    for found in (dossier.html(made, TODAY), dossier.text(made, TODAY)):
        assert not re.search(r"\b(field|choice|dossier|kind|rule)\.\w|abab|cdcd", found)
        assert Strings(language)("dossier.practice") in markup.unescape(found)


def test_deadlines_consents_and_a_bundle_are_printed(book: Casebook) -> None:
    """A term with its last day, a consent with its scope; a bundle has no story."""
    case = samples.add(book, **passes("pattern", "ombudsman"))
    term = {"id": "0" * 16, "rule": "objection", "started": "2026-11-01", "last_day": "2026-12-14"}
    met = samples.event(case.subject, "deadline_met", {"id": "0" * 16})
    book.add([samples.event(case.subject, "deadline_set", term)])
    words = Strings("en")
    before = [fact.value for fact in dossier.of(book, case, words).facts]
    book.add([met, samples.event(case.subject, "outcome", {"outcomes": ["listened"]})])
    after = [fact.value for fact in dossier.of(book, case, words).facts]
    assert "14 December 2026" in before
    assert "14 December 2026; met" in after
    assert words("choice.outcomes.listened") in after
    assert any(words("choice.scope.pattern") in value for value in after)
    bundle = samples.add_bundle(book, 1)
    assert words("field.story") not in [b.heading for b in dossier.of(book, bundle, words).blocks]


def test_a_rule_of_another_store_cannot_act_on_the_terminal(book: Casebook) -> None:
    """The label of a term holds its id, which a merged store may have made up."""
    case = samples.add(book)
    term = {"id": "0" * 16, "rule": "x\x1b[2J\u202e", "started": "2026-11-01"}
    made = samples.event(case.subject, "deadline_set", term | {"last_day": "2026-12-14"})
    book.add([made])
    assert [term.rule for term in case.deadlines] == ["x\x1b[2J\u202e"]
    told = dossier.text(dossier.of(book, case, Strings("en")), TODAY)
    assert "x<U+001B>[2J<U+202E>:\n" in told
    assert not [character for character in told if terminal.is_hidden(character)]


def test_the_plain_text_keeps_hostile_lines_behind_a_margin() -> None:
    """No line of a story can look like one of ours."""
    told = Dossier(
        "x", "nl", (), (Fact("Waar", "a\nb"),), (Block("Verhaal", "--- Besluit ---\n\x1b[2J"),)
    )
    lines = dossier.text(told, date(2026, 1, 2)).splitlines()
    head = ["x (2 januari 2026)", "", "Waar:", "  | a", "  | b", ""]
    assert lines == [*head, "--- Verhaal ---", "  | --- Besluit ---", "  | <U+001B>[2J"]
