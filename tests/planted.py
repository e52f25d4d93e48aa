"""Cases and letters drawn at random, with something of the case planted in a letter in disguise."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from desk.letters.filling import Filled, Value, fill
from desk.letters.leak import LeakSource
from desk.letters.templates import TEMPLATES, words

FIRST = (
    *("Fatima", "Rodrigo", "Ioana", "Zoë", "Nguyen", "Katarzyna", "Bo", "Wil", "Dan", "Björk"),
    *("Iván", "Şebnem", "Marlène", "Anouk", "Dragomira", "Jean-Luc", "Noor", "Kofi", "Mai"),
)
LAST = ("Falk", "Popescu", "Øster", "Wójcik", "Vermeersch", "Achterberg", "Ruiz", "Đorđević", "Bos")
NICK = ("rode.vos", "kattenoog", "luna_x9", "sterrenstof", "zwarte_kat")
TOWN = ("Zwolle", "Den Haag", "Oss", "'s-Hertogenbosch", "Alphen")
MONTHS = ("januari", "maart", "juni", "oktober")
# What a handler writes in own words; none of it stands in a story.
HARMLESS = (
    "Ambtenaren komen een kamer in zonder te zeggen wie zij zijn.",
    "Mensen horen vooraf niet waarom er een controle is.",
    "Dit gebeurt vooral in de avond, met grote groepen.",
    "Medewerkers vragen naar zaken die niets met het bezoek te maken hebben.",
    "Graag uitleg van de gemeente over welke regels er gelden.",
    "Wij vragen om een gesprek en om duidelijke afspraken op papier.",
    "Daarna durven mensen geen hulp meer te vragen.",
    "Bij 3 van de 10 meldingen gaat het om de toon.",
    "Leg uit wat de uitslag betekent, binnen zes weken.",
    "De politie was erbij. Niemand vertelde wat dat betekende.",
    "Klanten blijven weg en de huur loopt door.",
    "In 2026 hoorden wij dit vaker dan in 2025.",
)
STORY = (
    "Er stonden ineens drie mensen in mijn kamer en ze lachten.",
    "Ik wist niet wat ik moest doen, dus ik deed maar open.",
    "Zij vroegen om mijn papieren en maakten overal foto's van.",
    "Mijn buurvrouw heeft alles gehoord en belde later nog op.",
    "Sindsdien slaap ik slecht en werk ik bijna niet meer.",
    "De klant liep weg. Niemand zei sorry, ook niet daarna.",
    "I told them to stop but nobody in the room listened to me.",
    "They wrote down where I come from and laughed about it.",
    "Nu wil de verhuurder mij eruit zetten vanwege dat bezoek.",
)


@dataclass(frozen=True)
class Drawn:
    """A case, and what can be planted out of it: by kind, the text as it would be copied."""

    source: LeakSource
    plants: dict[str, str]


def digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def case(dice: random.Random) -> Drawn:
    """Draw a case with one of everything that tells people apart."""
    first, last, called = dice.choice(FIRST), dice.choice(LAST), dice.choice(FIRST)
    nick, town = dice.choice(NICK), dice.choice(TOWN)
    phone, month = f"06{digits(dice, 8)}", dice.choice(MONTHS)
    plate, account = (
        f"{digits(dice, 2)}-XKD-{digits(dice, 1)}",
        f"NL{digits(dice, 2)}RABO0{digits(dice, 9)}",
    )
    told = dice.sample(STORY, 4)
    named = f"Toen kwam {first} {last} erbij, van kamer {digits(dice, 5)}."
    reached = f"Hij heet @{nick} en mailt met {nick}@post.example of belt {phone}."
    seen = f"De auto had {plate} en hij betaalde met {account}, op {dice.randint(1, 28)} {month} om 14:35."
    texts = (" ".join((told[0], named, told[1], reached)), " ".join((told[2], seen, told[3])))
    source = LeakSource(
        names=(called, f"bel {phone[:4]}-{phone[4:]}", f"{first} {last}"),
        wholes=("blauwe reiger", town, *town.split()),
        texts=texts,
        years=(2025, 2026),
    )
    start = dice.randrange(3)
    plants = {
        **{
            "first": first,
            "last": last,
            "called": called,
            "town": town,
            "pseudonym": "Blauwe Reiger",
        },
        **{"nick": nick, "handle": f"@{nick}", "mail": f"{nick}@post.example", "phone": phone},
        **{"part": phone[-5:], "plate": plate, "account": account, "room": named.split()[-1][:-1]},
        **{"day": f"{dice.randint(1, 28)} {month}", "date": f"{dice.randint(10, 28)}-03-2026"},
        **{"time": "14:35", "phrase": " ".join(dice.choice(told).split()[start : start + 7])},
    }
    return Drawn(source, plants)


def _looks(text: str) -> str:
    """Latin letters as Cyrillic ones that look the same."""
    return text.translate(str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ"))


def _within(mark: str) -> Callable[[str], str]:
    return lambda text: text[:1] + mark + text[1:]


def _apart(text: str) -> str:
    return " ".join(text.replace(" ", ""))


def _wide(text: str) -> str:
    """Letters and digits in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def _accented(text: str) -> str:
    return "".join(c + "\u0301" if c in "aeiou" else c for c in text)


def _arabic(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


WORDS = ("first", "last", "called", "town", "pseudonym", "nick")
FIGURES = ("phone", "part", "room")
DISGUISES: dict[str, tuple[Callable[[str], str], ...]] = {
    "any": (str, lambda text: f"“{text}”", lambda text: f"({text})", _within("\u200b"), _wide),
    "words": (
        str.upper,
        _looks,
        _accented,
        _within("\u00ad"),
        lambda text: unicodedata.normalize("NFD", text),
    ),
    "names": (
        str.lower,
        lambda text: f"{text}s",
        lambda text: f"{text}'s",
        lambda text: text.replace(" ", "-"),
    ),
    "figures": (_arabic, lambda text: ".".join(text), lambda text: "-".join(text), _apart),
    "phrase": (
        str.upper,
        lambda text: text.replace(" ", ", "),
        lambda text: text.replace(" ", "\n"),
    ),
}


def disguised(dice: random.Random, kind: str, text: str) -> str:
    """The same thing written in another way that a reader still understands."""
    ways = [*DISGUISES["any"]]
    # A name that is a word as well is found by its capital only.
    if kind in WORDS:
        ways += DISGUISES["words"]
        ways += () if text in ("Wil", "Dan") else DISGUISES["names"]
    if kind in FIGURES:
        ways += DISGUISES["figures"]
    if kind == "phrase":
        ways += DISGUISES["phrase"]
    return dice.choice(ways)(text)


def letter(dice: random.Random, plant: str = "") -> Filled:
    """Draw a letter, filled with harmless sentences and, in one of them, what is planted."""
    template = TEMPLATES[dice.choice(sorted(TEMPLATES))]
    values: dict[str, Value] = {}
    for slot in template.slots:
        use = "fixed" if slot.use == "hers" else slot.use
        text = (
            "Dienst, Postbus 12, 1000 AA" if use != "free" else " ".join(dice.sample(HARMLESS, 2))
        )
        values[slot.field.name] = Value(text, use)
    free = [name for name, value in values.items() if value.use == "free" and name != "over_period"]
    chosen = dice.choice(free)
    before, after = dice.sample(HARMLESS, 2)
    if plant:
        values[chosen] = Value(f"{before} Het gaat dan ook om {plant} volgens ons. {after}")
    values |= {"day": Value("22 november 2026", "fixed"), "how_many": Value("meerdere", "fixed")}
    choices = {"kind": template.on[0], "has_code": "", "over_period": "year"}
    values.pop("over_period", None)
    return fill(words(template.id, dice.choice(template.languages)), values, choices)
