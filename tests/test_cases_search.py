"""Finding cases by words (desk/work/search.py), on a real store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cases.book import Casebook
from desk.leak import folding
from desk.leak.folding import plain
from desk.store.event import LOG, Event
from desk.work.search import Search
from tests.cases import DAY, HANDLER, do, event, receive

SAME = [  # two ways to write what a search takes for the same
    ("Café", "cafe"),
    ("CAFE\u0301", "café"),
    ("straße", "STRASSE"),
    ("ПОЛІЦІЯ", "поліція"),
    ("ёлка", "елка"),
    ("مُحَمَّد", "محمد"),
    ("ﬁets", "fiets"),
    ("１１２", "112"),
    ("po\u200blitie", "politie"),
    ("po\u00adlitie", "politie"),
    ("a \n\t b", "a b"),
    ("ＧＧＤ", "ggd"),
    ("İstanbul", "istanbul"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_write_a_word_are_the_same(one: str, other: str) -> None:
    """Capitals, marks on letters, compatibility forms and hidden characters make no difference."""
    assert plain(one).split() == plain(other).split()


def test_other_words_stay_different() -> None:
    """Signs are kept, and letters that look like no Latin ones."""
    assert plain("a-b") == "a-b"
    assert plain("警察") == "警察"
    assert plain("поліція") != plain("полиция")


def test_every_letter_is_folded_as_the_leak_check_does() -> None:
    """All of Unicode, one by one, but apostrophes: there is one folding."""
    for point in range(0x11_0000):
        character = chr(point)
        if not (character.isspace() or character in "'’‘ʼ`´ʹ′＇"):
            expected = folding.fold(character).text.casefold()
            assert plain(character) == expected, hex(point)


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_one_walk_through_a_text_folds_it_as_several_do(text: str) -> None:
    """Apostrophes out, folded, small letters: by a table at once, and here one after the other."""
    without = "".join(character for character in text if character not in "'’‘ʼ`´ʹ′＇")
    assert plain(text).split() == folding.fold(without).text.casefold().split()


FOUND = [  # what stands in a case, and what is looked for
    ("Łukasz uit Łódź", "lukasz lodz"),
    ("Đorđe", "dorde"),
    ("Diyarbakır", "DIYARBAKIR"),
    ("Søren", "soren"),
    ("O’Brien", "obrien"),
    ("OBrien", "o'brien"),
    ("'s-Hertogenbosch", "‘s-hertogenbosch"),
    ("Æthel", "aethel"),
    ("Маria", "maria"),  # the first two letters are Cyrillic
    ("bel 06-12 34 56 78", "0612345678"),
    ("bel 0612345678", "06 1234 5678"),
    ("bel 06   \n\n 12 34 \t\t 56\r\n\r\n78", "06 12\n\n34   56 78"),
    ("bel +31 6 12345678", "0612345678"),
    ("bel 0612345678", "+31 6 1234-5678"),
    ("bel ٠٦١٢٣٤٥٦٧٨", "06-12345678"),
    ("bel nul zes twaalf vierendertig zes vijf acht zeven", "0612346587"),
    ("bel 06.12.34.65.87 na zessen", "zessen nul zes twaalf vierendertig zes vijf acht zeven"),
    ("een man met kenteken 12-AB-34", "een man"),
]


@pytest.mark.parametrize(("text", "sought"), FOUND)
def test_a_case_is_found_however_a_name_or_a_number_is_written(
    book: Casebook, text: str, sought: str
) -> None:
    """In the story and in a note; another case is not."""
    told, noted = receive(book, {"story": text}), receive(book, {"story": "Iets anders."})
    receive(book, {"story": "bel 0687654321, een vrouw"})
    do(book, noted, "note", text=text)
    assert Search(book).find(sought) == [told, noted]


@pytest.mark.parametrize(
    "words",
    ["binnen", "ZIJ kwamen", "kwamen zij", "ede", "stille", "EGEL", "team zuid", "interpreter’s",
     "влязоха", "a note", "note binnen"],
)  # fmt: skip
def test_a_case_is_found_by_words_anywhere_in_it(book: Casebook, words: str) -> None:
    """Story, place, pseudonym, the name of the body, notes and translations; in any order."""
    case = receive(book, {"municipality": "Ede"}, pseudonym="stille egel")
    receive(book, {"story": "Iets anders."}, pseudonym="gouden das")
    do(book, case, "triage", about_name="Team Zuid")
    do(book, case, "note", text="A note. The interpreter’s words.")
    do(book, case, "translate", text="Влязоха вътре.", language="bg", made_by="interpreter")
    assert Search(book).find(words) == [case]


@pytest.mark.parametrize("words", ["", "  ", "\u200b", "nowhere", "binnen nowhere", "0a0a", "self"])
def test_nothing_is_found_by_other_words(book: Casebook, words: str) -> None:
    """No word, a word that is nowhere, a word of a key or of a closed list."""
    receive(book, {"reply_key": "0a" * 32, "tag_key": "0b" * 32, "role": "self"})
    assert Search(book).find(words) == []


def test_a_search_knows_what_was_written_since(book: Casebook) -> None:
    """A later note, a later case, another name: found without opening the store again."""
    search, case = Search(book), receive(book)
    assert search.find("later") == []
    do(book, case, "note", text="later")
    other = receive(book, {"story": "Much later."})
    assert search.find("later") == [case, other]
    do(book, case, "triage", municipality="Utrecht")
    assert search.find("utrecht") == [case]
    do(book, case, "triage", municipality="")
    assert search.find("utrecht") == []


def test_a_search_forgets_what_was_erased(book: Casebook) -> None:
    """An erased case is not found, and its words are not kept."""
    search, case, kept = Search(book), receive(book), receive(book)
    assert search.find("binnen") == [case, kept]
    values = {"subject": case.subject, "why": "over", "objects": [], "digests": [], "row": {}}
    book.add([Event(LOG, "erased", DAY, HANDLER, values)])
    book.erase([case.subject])
    assert search.find("binnen") == [kept]
    assert case.subject not in search._words


def test_a_bundle_is_found_by_its_title(book: Casebook) -> None:
    """A bundle has no story."""
    case = receive(book)
    do(book, case, "bundle", title="Checks at night")
    assert Search(book).find("night") == [book.cases[case.bundle]]


def test_an_answer_is_not_searched(book: Casebook) -> None:
    """What the desk wrote to many would find them all."""
    case = receive(book, {"reply_key": "0a" * 32, "tag_key": "0b" * 32})
    do(book, case, "answer", text="standard words")
    assert Search(book).find("standard") == []


def test_both_halves_of_a_joined_case_are_searched(book: Casebook) -> None:
    """Notes written at two desks about the same complaint find one case."""
    first = receive(book, {"complaint_id": "c" * 32})
    second = event("received", "5a" * 16, complaint=book.complaint(first).text, object="2" * 64)
    book.add([second, event("noted", "5a" * 16, text="of the second desk")])
    assert Search(book).find("second desk") == [first]
    again = Casebook(book.vault)
    assert Search(again).find("binnen second") == [again.cases[first.subject]]
