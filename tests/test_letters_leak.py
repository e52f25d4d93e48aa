"""What of a case stands in a text that is about to leave (desk/leak/leak.py, known.py)."""

import pytest

from desk.leak import leak
from desk.leak.leak import Leak, LeakSource
from desk.leak.no_names import plain_words, public_words

STORY = (
    "Ze kwamen binnen zonder te vragen, en Fatima schrok erg. Rodrigo bleef staan. Mijn zus heet "
    "lola. Het nummer was 06-48 21 39 77. Zij is @rode_vos77 of mo.b@post.example."
)


def found(text: str, **known: object) -> list[tuple[str, str]]:
    source = LeakSource(**known)  # type: ignore[arg-type]
    return [(one.kind, text[one.start : one.end]) for one in leak.leaks(text, source)]


def names(text: str, **known: object) -> list[str]:
    return [words for kind, words in found(text, **known) if kind == "name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toen kwam Sam.", ["Sam"]),
        ("toen kwam sam", ["sam"]),
        ("SAM kwam", ["SAM"]),
        ("Sams huis", ["Sams"]),
        ("Sam's huis", ["Sam's"]),
        ("Samen", []),
        ("S a m kwam", ["S a m"]),
        ("S.A.M.", ["S.A.M"]),
        ("S\u200bam kwam", ["S\u200bam"]),
        ("Ѕаm kwam", ["Ѕаm"]),
        ("Sám kwam", ["Sám"]),
        ("S4m kwam", []),  # too short for a code
        ("Van Vries", ["Vries"]),
        ("de familie de vries", ["vries"]),
        ("mevrouw van de", []),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, expected: list[str]) -> None:
    """In any letters, spelled out, with an ending; titles and particles are no names."""
    assert names(text, names=("Sam", "mevrouw De Vries")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dan kwam", ["Dan"]),
        ("en dan kwam", []),
        ("Rode Vos", ["Rode Vos"]),
        ("rode-vos", ["rode-vos"]),
        ("rodevos", ["rodevos"]),
        ("R0devos", ["R0devos"]),
        ("een rode auto", ["rode"]),
        ("bel na 6", []),
        ("小红", ["小红"]),
        ("我和小红去", ["小红"]),
        ("小红小红", ["小红小红"]),
        ("فاطمة", ["فاطمة"]),
        ("J kwam", []),
    ],
)
def test_names_that_are_words_or_in_other_scripts(text: str, expected: list[str]) -> None:
    """A name that is a word counts with a capital; one of two words counts as one and apart."""
    assert names(text, names=("Dan", "Rode Vos", "bel na 6", "小红", "فاطمة", "J")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toen schrok Fatima", ["Fatima"]),
        ("fatima schrok", ["fatima"]),
        ("Rodrigo stond", ["Rodrigo"]),
        ("daar stond rodrigo", []),  # began a sentence: a name only with a capital
        ("Lola stond", ["Lola"]),
        ("de lola stond", ["lola"]),  # the story says that it is a name
        ("Ze kwamen. Het was", []),
        ("Binnen was", []),
        ("rode vos en Rode", ["rode", "Rode"]),
        ("rodevos77", ["rodevos77"]),
        ("rode_vos 77", ["rode_vos 77"]),
        ("gewoon post 77", ["post"]),
        ("mob", ["mob"]),
        ("mo b", ["mo b"]),
    ],
)
def test_names_out_of_a_story(text: str, expected: list[str]) -> None:
    """Capitals within a sentence, handles and addresses tell names; other words need a capital."""
    assert names(text, texts=(STORY,)) == expected


def test_a_shouted_sentence_makes_no_word_a_name() -> None:
    """Where most words have a capital, a word is a name only if the letter gives it one."""
    shouted = ("ZIJ LIEPEN DOOR MIJN GANG. Hij Heet Ook Mario. toen Bart.",)
    assert names("de gang", texts=shouted) == []
    assert names("in Gang", texts=shouted) == ["Gang"]
    assert names("mario", texts=shouted) == []
    assert names("Mario", texts=shouted) == ["Mario"]
    assert names("bart", texts=shouted) == ["bart"]


@pytest.mark.parametrize(
    ("story", "text", "expected"),
    [
        ("Ze namen mijn tas. De handhaving keek.", "Handhaving keek. Tas weg.", []),
        ("Toen kwam zilverman. Koffie.", "Zilverman kwam.", []),  # a word in small letters
        ("Toen kwam zilverman. Koffie.", "Met Zilverman en Koffie.", ["Zilverman", "Koffie"]),
        ("Zilverman kwam. Koffie. Ook koffie.", "Zilverman zei. Koffie kwam.", ["Zilverman"]),
        ("De AVIM kwam, met Veilig Thuis.", "Toen de AVIM. Ook Veilig Thuis.", []),
    ],
)
def test_a_word_that_begins_a_sentence_is_a_name_only_if_it_never_was_small(
    story: str, text: str, expected: list[str]
) -> None:
    """Else no sentence could begin with a word that she used."""
    assert names(text, texts=(story,)) == expected


@pytest.mark.parametrize(
    "text", ["blauwe reiger", "Blauwe Reiger", "blauwereiger", "Blauwe\nreigers"]
)
def test_a_whole_name_is_found(text: str) -> None:
    """A pseudonym counts as a whole."""
    assert names(f"de {text} kwam", wholes=("blauwe reiger",)) == [text]


def test_half_a_whole_name_is_none() -> None:
    """Its words alone, plain words, and anything shorter than three letters are left alone."""
    assert names("een blauwe lucht, een reiger", wholes=("blauwe reiger",)) == []
    assert names("op het politiebureau en ab, politie", wholes=("politie", "ab")) == []
    assert names("een bij", wholes=("bij", "oss")) == []
    assert names("naar Oss", wholes=("bij", "oss")) == ["Oss"]


@pytest.mark.parametrize(
    "text",
    [
        "Ze kwamen binnen zonder te vragen",
        "kwamen BINNEN zonder\nte vragen; en",
        "zonder te vrágen — en\u200b Fatima schrok",
        "kwamen binnen zonder te vragen en",
    ],
)
def test_six_words_in_a_row_are_found(text: str) -> None:
    """Whatever stands between them, and however they are written."""
    assert ("phrase", text) in found(text, texts=(STORY,))


def test_five_words_are_no_phrase() -> None:
    """Nor are six words of which one differs, or six of two texts."""
    texts = ("een twee drie vier vijf zes zeven", "acht negen tien elf twaalf dertien")
    for text in (
        "drie vier vijf zes zeven",
        "een twee drie vier vijf zeven",
        "zes zeven acht negen tien elf",
    ):
        assert "phrase" not in [kind for kind, _ in found(text, texts=texts)]


def test_a_longer_run_is_one_leak() -> None:
    """Runs that overlap are told once."""
    text = "x, kwamen binnen zonder te vragen, en Fatima schrok erg, y"
    phrases = [words for kind, words in found(text, texts=(STORY,)) if kind == "phrase"]
    assert phrases == ["kwamen binnen zonder te vragen, en Fatima schrok erg"]


CHINESE = "昨天晚上警察到我的房间里来检查了三次"
THAI = "เมื่อคืนตำรวจมาตรวจห้องของฉันสามครั้ง"


@pytest.mark.parametrize("story", [CHINESE, THAI])
def test_twelve_characters_in_a_row_are_found_without_spaces(story: str) -> None:
    """In a script that sets no spaces between words; eleven are too few."""
    bare = [character for character in story if leak.is_unspaced(leak.fold(character).text or "a")]
    run = "，".join(bare[1:13])
    assert [kind for kind, _ in found(f"x {run} y", texts=(story,))] == ["phrase"]
    assert found(f"x {run} y", texts=(story,)) == [("phrase", run)]
    assert found(f"x {'，'.join(bare[1:12])} y", texts=(story,)) == []


def test_shapes_are_found_without_any_case() -> None:
    """A day, an hour, an address: they never belong in a letter."""
    text = "Op 12 maart om 14:30 uur, x@y.nl, AB-12-CD."
    assert found(text) == [
        ("date", "12 maart"),
        ("time", "14:30 uur"),
        ("mail", "x@y.nl"),
        ("web", "y.nl"),
        ("plate", "AB-12-CD"),
    ]


def test_a_month_is_found_where_it_may_not_stand() -> None:
    """With the place it would say too much."""
    assert found("in maart 2026", years=(2026,)) == []
    assert found("in maart 2026", years=(2026,), months=False) == [("month", "maart")]


def spans(text: str, *parts: str) -> list[tuple[int, int]]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def test_what_a_template_says_itself_is_no_leak() -> None:
    """Nothing wholly inside its words, also where two pieces of it touch."""
    text = "Op 12 maart kwamen binnen zonder te vragen en Fatima. Sam 4821"
    source = LeakSource(names=("Sam",), texts=(STORY,))
    assert leak.leaks(text, source, fixed=[(0, len(text))]) == []
    halves = [(20, len(text)), (0, 5), (3, 20)]
    assert leak.leaks(text, source, fixed=halves) == []
    fixed = spans(text, "kwamen binnen zonder te", "vragen en Fatima")
    kinds = [one.kind for one in leak.leaks(text, source, fixed=fixed)]
    assert kinds == ["date", "phrase", "name", "number"]


def test_a_receiver_may_be_named_with_all_its_numbers() -> None:
    """Its shapes are no leaks and its words may be said; names and phrases of the case remain."""
    text = "Oss, bel 0412-629911, Sam. In Oss met Sam."
    source = LeakSource(names=("Sam",), texts=("wij in Oss",))
    public = spans(text, "Oss, bel 0412-629911, Sam.")
    leaks = leak.leaks(text, source, public=public)
    assert [(one.kind, text[one.start : one.end]) for one in leaks] == [
        ("name", "Sam"),
        ("name", "Sam"),
    ]
    assert [one.kind for one in leak.leaks(text, source)][:2] == ["name", "phone"]


def test_a_town_of_two_words_may_be_said_to_its_municipality() -> None:
    """A whole name in the words of the receiver may stand in the letter."""
    source = LeakSource(wholes=("Den Haag", "blauwe reiger"))
    text = "Gemeente Den Haag. In Den Haag: blauwe reiger"
    assert [one.start for one in leak.leaks(text, source)] == [9, 22, 32]
    assert [one.start for one in leak.leaks(text, source, public=[(0, 18)])] == [32]


def test_phone_of_a_receiver_is_a_leak_when_the_case_has_it() -> None:
    """The numbers of the case are looked for everywhere but in the words of a template."""
    source = LeakSource(names=("06 4821 3977",))
    assert leak.leaks("06 4821 3977", source, public=[(0, 12)]) == [Leak("number", 0, 12)]


def test_leaks_come_in_the_order_of_the_text() -> None:
    """By start, then end, then the order of the closed list."""
    text = "Sam, 4821 3977, Sam"
    source = LeakSource(names=("Sam",), texts=(STORY,))
    assert leak.leaks(text, source) == [
        Leak("name", 0, 3),
        Leak("number", 5, 14),
        Leak("phone", 5, 14),
        Leak("name", 16, 19),
    ]


def test_leaks_at_one_place_come_shortest_first_then_by_kind() -> None:
    """What begins earlier comes first, though it ends later."""
    text = "gisteren kwam Bo hier zomaar ineens binnen en Bo lachte"
    source = LeakSource(names=("gisteren", "Bo"), texts=(text,))
    told = [(one.kind, one.start, one.end) for one in leak.leaks(text, source)]
    whole = len(text)
    assert told == [
        ("name", 0, 8),
        ("date", 0, 8),
        ("phrase", 0, whole),
        ("name", 14, 16),
        ("name", 46, 48),
    ]


def test_runs_apart_stay_apart() -> None:
    """Each of three runs of more than six words is one leak of its own."""
    runs = ["aa bb cc dd ee ff gg hh", "ii jj kk ll mm nn oo", "pp qq rr ss tt uu vv ww"]
    text = " x y ".join(runs)
    assert found(text, texts=(". ".join(runs),)) == [("phrase", run) for run in runs]
    fixed = [(0, 3), (10, 15), (12, 20), (13, 14), (20, len(text))]
    source = LeakSource(texts=(". ".join(runs),))
    left = leak.leaks(text, source, fixed=fixed)
    assert [(one.start, one.end) for one in left] == [(0, 23)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("aabbccdd", "aa bb cc dd", ["aa bb cc dd"]),
        ("aabbccddee", "aa bb cc dd ee", []),
        ("abcdefgh", "ab c d e f g h", []),
        ("abcdefgh", "a b c d e f g h", ["a b c d e f g h"]),
        ("a" * 30, " ".join("a" * 30), [" ".join("a" * 30)]),
        ("a" * 31, " ".join("a" * 31), []),
        ("Aa Bb Cc Dd", "AaBbCcDd", ["AaBbCcDd"]),
        ("Aa Bb Cc Dd Ee", "AaBbCcDdEe", []),
        ("Mevrouw De Vries", "Mevrouw, De, Van, Zij", []),
        ("Zij", "Zij kwam, Hen ook", []),
        ("mijn Bo", "mijn bo", ["mijn bo"]),
    ],
)
def test_how_many_words_make_one_name(name: str, text: str, expected: list[str]) -> None:
    """Four, or up to thirty single letters; titles and pronouns make none."""
    assert names(text, names=(name,)) == expected


@pytest.mark.parametrize(
    ("story", "text", "expected"),
    [
        ("het is a1b2c dus", "de a1b2c", ["a1b2c"]),
        ("het is a1b2 dus", "de a1b2", []),
        ("het is zara1 dus", "de zarai", ["zarai"]),
        ("op zonnehof.com staat", "de zonnehof staat", ["zonnehof"]),
        ("op x.nl staat", "op de staat", []),
        ("dus Bo kwam en J", "met bo en J, j", ["bo"]),
        ("dus Fatima kwam", "met F a t i m a", ["F a t i m a"]),
        ("dus Fatima kwam", "met fa tima", []),
        ("dus fatima kwam", "met F a t i m a", []),
        ("dus Lou was er", "De Lou, delou", ["Lou"]),
    ],
)
def test_what_else_of_a_story_tells_somebody_apart(
    story: str, text: str, expected: list[str]
) -> None:
    """Codes of five signs, sites, names of two letters; a name in two pieces is none."""
    assert names(text, texts=(story,)) == expected


def test_who_did_it_may_be_named_where_it_is_asked() -> None:
    """Names and numbers inside such a span are no leaks; anything else there is, and they elsewhere."""
    text = "over Rodrigo, 4821, op 12 maart. Rodrigo 4821"
    source = LeakSource(texts=("dus Rodrigo had 4821",))
    told = [(one.kind, one.start) for one in leak.leaks(text, source, named=[(0, 32)])]
    assert told == [("date", 23), ("name", 33), ("number", 41)]


def test_kinds_are_a_closed_list() -> None:
    """Their order is that in which screens name them."""
    kinds = "name number phrase date month time mail web handle iban plate phone"
    assert kinds.split() == list(leak.KINDS)


def test_listed_words_are_folded_and_hold_no_remark() -> None:
    """Each is its own key, so that it can be found; remarks are not words; no word is in both."""
    plain, public = plain_words(), public_words()
    assert {"de", "the", "wil"} <= plain
    assert {"politie", "maart", "gmail"} <= public
    assert not {"#", "roos", "Dutch,", "bodies,"} & (plain | public)
    assert all(leak.fold(word).text == word == word.casefold() for word in plain | public)
    assert not plain & public


def test_a_plain_word_is_a_name_where_it_has_its_capital_within_a_sentence() -> None:
    """In the story and in the letter both; at a beginning it is a word."""
    story = ("Toen zei Wil dat. Ik ben weg. Het was Politie.",)
    assert names("dus Wil zei", texts=story) == ["Wil"]
    assert names("Wil je dit? Ben je er? De Politie kwam.", texts=story) == []
    assert names("dus wil je, met Ben", texts=story) == []


def test_words_of_a_remark_are_names_with_a_capital_only() -> None:
    """How to reach her may be a sentence; a capital in it stands for a name."""
    remark = ("alleen via mijn zus of via Bo op de chat",)
    assert names("met deze code of een zus, bo", names=remark) == ["bo"]
    assert names("met Zus", names=remark) == ["Zus"]
    assert names("de zus", names=("mijn zus",)) == ["zus"]


def test_an_empty_case_leaks_nothing() -> None:
    """A letter without shapes is clean."""
    assert found("Geachte lezer, in maart 2026 kregen wij meldingen. Groet, het meldpunt") == []
