"""Questions of readers, answered by the site as built, in Dutch and English.

The answers come from the facts and not from the pages, so a page that says something else, or that
nobody can reach by the links in the text, fails here.
"""

import re
from collections import Counter

import pytest

from tests.questions import FARTHEST, LANGUAGES, Question, load, taps, text_of
from tests.site import Built

QUESTIONS = load()
AT_LEAST = 60


@pytest.fixture(scope="module")
def pages(built_site: Built) -> dict[str, str]:
    """HTML of every built page by its path."""
    return {path: built_site.text(path) for path in built_site.paths}


@pytest.fixture(scope="module")
def near(pages: dict[str, str]) -> dict[str, int]:
    """How many taps each page of both languages is from its home page."""
    return {
        path: distance
        for language in LANGUAGES
        for path, distance in taps(pages, f"/{language}/").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.id)
def test_the_site_answers_the_question(
    pages: dict[str, str], near: dict[str, int], question: Question, language: str
) -> None:
    """The page holds the whole answer and nothing wrong, at most three taps from home."""
    assert question.page, f"nobody has said yet which page answers {question.id}"
    path = question.path(language)
    page, distance = pages.get(path), near.get(path)
    assert page is not None, f"{question.id}: there is no page {path}"
    faults = question.faults(language, text_of(page))
    assert not faults, f"{question.id} on {path}: {'; '.join(faults)}"
    assert distance is not None, f"{question.id}: no link in a text leads from home to {path}"
    assert distance <= FARTHEST, f"{question.id}: {path} is {distance} taps from home"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.id)
def test_a_question_is_whole(question: Question) -> None:
    """Both languages in every part, a source, topics, and something to look for."""
    assert re.fullmatch(r"[a-z][a-z0-9_]+", question.id)
    assert question.topic
    assert all(isinstance(one, str) for one in question.topic)
    assert question.source
    for part in (question.question, question.answer, question.must, question.must_not):
        assert set(part) == set(LANGUAGES)
    for language in LANGUAGES:
        assert question.must[language]
        assert 0 < len(question.question[language]) <= 160
        assert 0 < len(question.answer[language]) <= 300


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.id)
def test_only_its_own_answer_is_the_answer(question: Question, language: str) -> None:
    """Its own words pass, so it is not too strict; those of every other fail, so it is not too loose."""
    own = [
        one.id
        for one in QUESTIONS
        if not question.faults(language, f"{one.question[language]} {one.answer[language]}")
    ]
    assert own == [question.id]


def test_there_are_enough_questions_and_each_has_its_own_name() -> None:
    """Sixty at least, and no id twice."""
    assert len(QUESTIONS) >= AT_LEAST
    assert max(Counter(one.id for one in QUESTIONS).values()) == 1


def test_a_link_outside_the_text_is_no_way_to_a_page() -> None:
    """A menu, a footer and another language do not count; a link in the text does, with its mark."""
    site = {
        "/en/": '<nav><a href="menu/">m</a></nav><main><a class="x" href="one/#a">1</a></main>'
        '<footer><a href="foot/">f</a></footer>',
        "/en/one/": '<main><a href="../two/">2</a><a href="/nl/">nl</a></main>',
        "/en/two/": "<main></main>",
        "/en/menu/": "<main></main>",
        "/en/foot/": "<main></main>",
        "/nl/": "<main></main>",
    }
    assert taps(site, "/en/") == {"/en/": 0, "/en/one/": 1, "/en/two/": 2}


def test_the_text_of_a_page_is_its_main_part_with_single_spaces() -> None:
    """Cells stay apart, a word half in bold stays whole, menus are left out, addresses are read."""
    page = (
        "<nav>menu</nav><main><td>one</td><td>t<b>wo</b>\n &amp;&nbsp;3</td>"
        '<a href="https://help.example/">Help</a>, <a href="../door/">door</a></main>'
    )
    assert text_of(page) == "one two & 3 help.example/ Help, door"
