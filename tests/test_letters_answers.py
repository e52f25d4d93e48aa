"""Standard answers (desk/letters/answers.py and the texts in desk/letters/answers/)."""

import re

import pytest

from desk.errors import DeskError
from desk.leak.leak import LeakSource, leaks
from desk.letters import answers, states
from desk.strings import Strings
from desk.wire.board import replies
from desk.work.working import ANSWER_BYTES
from tests.site import LANGUAGES, STRINGS
from tests.test_site_words import SENTENCE_END, words

SCREEN = ("nl", "en")  # of the handlers
EVERY = [(answer, language) for answer in answers.IDS for language in LANGUAGES]
TRANSLATED = [language for language in LANGUAGES if language not in answers.CHECKED]
LONGEST_SENTENCE = 25
LONGEST_AVERAGE = 15
# Words that would tell somebody else what an answer is about, or that do not respect its reader.
TELLING = (
    r"seks|\bsex|prostitu|\bhoer|escort|opting|bordeel|brothel|raamverhuur|slachtoffer|victim"
    r"|uitstap|mensenhandel|trafficking|illega|redden|rescue|meisje|\bdames?\b|\bgirls?\b|pimp"
    r"|szex|секс|проститу|เพศ|โสเภณี|性|妓|جنس|دعار"
)


def sentences(text: str) -> list[str]:
    parts = re.split(rf"{SENTENCE_END}|\n+", text)
    return [part for part in parts if part and words(part) > 2]


def test_the_list_and_the_files_are_one_list() -> None:
    """About twenty answers, each in every language of the site, and what stands between one and its Dutch."""
    files = {path.name for path in answers.FOLDER.iterdir()}
    notices = {f"unchecked.{language}.txt" for language in LANGUAGES if language != "nl"}
    assert files == {f"{answer}.{language}.txt" for answer, language in EVERY} | notices
    assert set(answers.languages()) == set(LANGUAGES)
    assert len(set(answers.IDS)) == len(answers.IDS) == 22


@pytest.mark.parametrize(("answer", "language"), EVERY)
def test_every_file_names_its_source_and_date_and_never_shows_it(
    answer: str, language: str
) -> None:
    """The first line is for who checks the facts."""
    lines = (answers.FOLDER / f"{answer}.{language}.txt").read_text("utf-8").splitlines()
    assert re.fullmatch(r"# source: .*\d{4}-\d\d-\d\d.*", lines[0])
    text = answers.pair(answer, language).text
    assert "source" not in text
    assert answers.pair(answer, language).source == lines[0].removeprefix("# source: ")
    assert text == text.strip() == "\n".join(lines[1:])
    if language != "en":  # which was read beside the Dutch, and may say so in its own words
        assert answers.pair(answer, language).source == answers.pair(answer, "nl").source


@pytest.mark.parametrize(("answer", "language"), EVERY)
def test_every_answer_is_plain_and_fits(answer: str, language: str) -> None:
    """Short sentences, and room for what is filled in."""
    text = answers.pair(answer, language).text
    lengths = [words(sentence) for sentence in sentences(text)]
    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(lengths) / len(lengths) <= LONGEST_AVERAGE
    sent, room = text, 1_000
    if language in TRANSLATED:  # what is filled in stands in it twice
        sent, room = answers.with_dutch(text, answers.pair(answer, "nl").text, language), 300
    assert len(sent.encode("utf-8")) + room * len(answers.holes(text)) <= ANSWER_BYTES


@pytest.mark.parametrize(("answer", "language"), EVERY)
def test_no_answer_tells_a_finder_what_it_is_about(answer: str, language: str) -> None:
    """Neutral words; no name, number or day but 112 and the weeks of a law."""
    text = answers.pair(answer, language).text
    assert re.search(TELLING, text, re.IGNORECASE) is None
    found = {one.kind for one in leaks(text, LeakSource())}
    assert found <= ({"date"} if answer == "danger" else set())  # "tonight"


@pytest.mark.parametrize(("answer", "language"), EVERY)
def test_every_language_leaves_the_same_holes(answer: str, language: str) -> None:
    """All from the closed list, and no other brace; the same lines, numbers and 112 as in Dutch."""
    pair = answers.pair(answer, language)
    assert set(pair.holes) == set(answers.holes(pair.dutch))
    for of in (r"(?m)^- ", r"\d+", r"(?m)^$"):
        assert len(re.findall(of, pair.text)) == len(re.findall(of, pair.dutch)), of
    for text in (pair.text, pair.dutch):
        assert set(re.findall(r"\{(.*?)\}", text)) == set(pair.holes)
        assert text.count("{") == text.count("}") == len(re.findall(r"\{[a-z_]+\}", text))


def test_no_answer_promises_what_a_judge_could_undo() -> None:
    """Who says that nothing is passed on says also who may be able to force it."""
    for answer, forced in (("received", "rechter"), ("danger", "rechter")):
        assert forced in answers.pair(answer, "nl").text
        assert "judge" in answers.pair(answer, "en").text
    for answer, _ in EVERY:
        for language, absolute in (
            ("nl", r"[Ww](?:ij|e) geven niets|geen plaatsen"),
            ("en", "no places"),
        ):
            assert re.search(absolute, answers.pair(answer, language).text) is None


def test_every_hole_is_used_and_has_words() -> None:
    """The closed list has nothing too much; screens can name each hole and each answer."""
    used = {hole for answer in answers.IDS for hole in answers.pair(answer, "nl").holes}
    assert used == set(answers.HOLES)
    for language in SCREEN:
        say = Strings(language)
        for hole in answers.HOLES:
            assert say(f"answers.hole.{hole}")
        for answer in answers.IDS:
            assert say(f"answers.{answer}")


@pytest.mark.parametrize(
    ("asked", "spoken", "fell_back"),
    [
        *(("nl", "nl", False), ("en", "en", False), ("tr", "en", True), ("uk", "en", True)),
        *(("", "en", True), ("../x", "en", True), ("nl/../nl", "en", True)),
    ],
)
def test_her_language_or_english_beside_the_dutch(asked: str, spoken: str, fell_back: bool) -> None:
    """It says when it fell back; a language out of a complaint is never part of a path."""
    pair = answers.pair("received", asked)
    assert (pair.language, pair.fell_back) == (spoken, fell_back)
    assert pair.text.startswith("Hallo" if spoken == "nl" else "Hello")
    assert pair.dutch.startswith("Hallo")


@pytest.mark.parametrize("answer", ["", "Received", "../answers/received", "received.nl"])
def test_an_unknown_answer_is_refused(answer: str) -> None:
    """Only what stands in the list."""
    with pytest.raises(DeskError, match="no such standard answer"):
        answers.pair(answer, "nl")


def test_holes_are_filled_and_braces_in_values_mean_nothing() -> None:
    """Each hole with its value, as it was typed but for blanks around it."""
    values = {"organisation": " {person} {0} ", "person": "Bo", "agreed": "bellen"}
    text = answers.fill("Bij {organisation}, {person}: {agreed}, {x} {}.", values)
    assert text == "Bij {person} {0}, Bo: bellen, {x} {}."


@pytest.mark.parametrize("values", [{}, {"person": ""}, {"person": "  "}])
def test_a_hole_that_stays_open_is_refused_and_named(values: dict[str, str]) -> None:
    """So that nobody reads a brace on the board."""
    with pytest.raises(DeskError, match="still has a hole: person"):
        answers.fill("Vraag naar {person}.", values)


def test_an_answer_that_becomes_too_long_is_refused() -> None:
    """At 3,800 bytes of UTF-8, whatever the number of characters."""
    assert len(answers.fill("{done}", {"done": "é" * 1_900}).encode("utf-8")) == ANSWER_BYTES
    with pytest.raises(DeskError, match="longer than 3,800 bytes"):
        answers.fill("{done}", {"done": "é" * 1_900 + "x"})


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_dutch_below_it_and_says_that_nobody_checked_it(
    language: str,
) -> None:
    """In her own language, between the two."""
    notice = (answers.FOLDER / f"unchecked.{language}.txt").read_text("utf-8").partition("\n")[2]
    sent = answers.with_dutch("a\n", " b ", language)

    assert sent == f"a\n\n{notice.strip()}\n\nb"
    assert answers.with_dutch("a", "b", "tr") == answers.with_dutch("a", "b", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_of_a_status_are_those_of_the_answer_page(language: str) -> None:
    """A handler sees what the sender reads, and no other words."""
    shown = {word: states.line(word, language) for word in replies.STATUS_WORDS}

    assert {word: line.text for word, line in shown.items()} == {
        word: STRINGS[language](f"answer.status.{word}") for word in replies.STATUS_WORDS
    }
    assert {line.language for line in shown.values()} == {language}
    assert all(line.dutch == states.line(word, "nl").text for word, line in shown.items())
    assert states.languages() == set(LANGUAGES)
