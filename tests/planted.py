"""Cases and letters drawn at random, with something of the case planted in a letter in disguise."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from desk.leak.leak import LeakSource
from desk.letters.filling import Filled, Value, fill
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
    "Handhaving legt niet uit wat er mag. Inspecteurs noemen geen reden.",
    "Condooms zijn geen bewijs. Contant geld hebben is niet verboden.",
    "Paspoort en sleutels blijven van de persoon zelf. Schulden zijn geen reden.",
    "Een hotelkamer is geen woning. Hotelkamer of niet, de regels gelden.",
    "Ook de AVIM en Veilig Thuis geven geen uitleg, bij de 12e controle net als bij de eerste.",
    "Volgens artikel 5:15, 5:16 en 5:17 Awb moet dat wel. Zie ook artikel 9:4 en 9:11 Awb.",
    "Accounts worden geblokkeerd. Mensen zijn daarna bang, boos en moe.",
)
# In every story: words that begin a sentence of a letter, and are no names.
ORDINARY = (
    "Handhaving kwam, met de AVIM. Inspecteurs telden alles. Condooms lagen er. Contant geld ging "
    "mee. Paspoort weg. Schulden heb ik al. Hotelkamer leeg. En Veilig Thuis belde mij. "
    "Mijn account is geblokkeerd, ik ben bang en ik ben moe."
)
LOWER = ("fatima", "samira", "ioana", "lolita")  # in a story without any capital
ACCOUNT = ("lolaamsterdam", "missrozen", "sterrenkind")
STREET = ("kanaalstraat", "wilgenlaan", "Oosterkade")
SURNAME = ("June", "Raad", "Wet", "May", "Hotel")  # words that are no names elsewhere
SITE = ("lola.ch", "lola.escort.ch", "rozen.xyz", "www.rozen.example")
# Days and times in letters, whatever the story says.
DAY = (
    *(
        "de 12e",
        "de twaalfde",
        "the 12th",
        "oktober, en wel op de 12e",
        "maart, de 12e",
        "12.03.26",
    ),
    *("maart de twaalfde", "de 12e dag van maart", "de twaalfde van de derde", "12 / 03", "12-3"),
    *("2026-071", "anderhalve week geleden", "carnaval", "Suikerfeest", "Prinsjesdag"),
    *("nieuwjaar", "Pride", "Pentecost", "Tues", "ma. 12", "een week terug", "25-12"),
)
HOUR = (
    *("om drie in de middag", "at three in the morning", "een uur 's nachts", "om een ’s middags"),
    *("drie uur ’s ochtends", "kwart over drie", "half past three"),
)
_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TENS = ("", "tien", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig")
_TENS += ("negentig",)
_TEENS = ("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien")
_TEENS += ("achttien", "negentien")
_ENGLISH = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
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


def _pair(pair: str) -> str:
    """Two digits as a Dutch speaker says them."""
    ten, one = int(pair[0]), int(pair[1])
    if ten == 0:
        return f"nul {_UNITS[one]}"
    if ten == 1:
        return _TEENS[one]
    return f"{_UNITS[one]}en{_TENS[ten]}" if one else _TENS[ten]


def _looks_like(digit: str) -> str:
    return {"0": "o", "1": "l"}.get(digit, digit)


SAID: tuple[Callable[[str], str], ...] = (  # a telephone number as somebody says or hides it
    lambda phone: " ".join(_pair(phone[at : at + 2]) for at in range(0, len(phone), 2)),
    lambda phone: " ".join(_ENGLISH[int(digit)] for digit in phone),
    lambda phone: " ".join(
        _UNITS[int(digit)] if at % 2 else digit for at, digit in enumerate(phone)
    ),
    lambda phone: "-".join(
        "".join(map(_looks_like, phone[at : at + 2])) for at in range(0, len(phone), 2)
    ),
)


def small(dice: random.Random) -> tuple[str, dict[str, str]]:
    """What tells people apart without a capital or a sign, and a name that is a word."""
    lower, nickname, site = dice.choice(LOWER), dice.choice(ACCOUNT), f"{dice.choice(LOWER)}_x_y"
    street, surname = dice.choice(STREET), dice.choice(SURNAME)
    told = f"ik ben {lower} en mijn insta is {nickname}, op de site {site}. ik zit in de {street}."
    plants = {"lower": lower, "nickname": nickname, "site": site, "street": street}
    return f"{told} Mijn naam is {surname} en dat weet hij.", {**plants, "surname": surname}


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
    hidden, unmarked = small(dice)
    texts = (
        " ".join((told[0], named, told[1], reached, ORDINARY)),
        " ".join((told[2], seen, told[3], hidden)),
    )
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
        **{"spoken": dice.choice(SAID)(phone), "web": dice.choice(SITE)},
        **{"feast": dice.choice(DAY), "hour": dice.choice(HOUR), **unmarked},
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
        use = "fixed" if slot.use in ("hers", "about") else slot.use
        text = (
            "Dienst, Postbus 12, 1000 AA" if use != "free" else " ".join(dice.sample(HARMLESS, 2))
        )
        values[slot.field.name] = Value(text, use)
    told = {slot.field.name for slot in template.slots if slot.field.kind in ("text", "line")}
    free = [name for name, value in values.items() if value.use == "free" and name in told]
    chosen = dice.choice(free)
    before, after = dice.sample(HARMLESS, 2)
    if plant:
        values[chosen] = Value(f"{before} Het gaat dan ook om {plant} volgens ons. {after}")
    values |= {"day": Value("22 november 2026", "fixed"), "how_many": Value("meerdere", "fixed")}
    choices = {"kind": template.on[0], "has_code": "", "over_period": "year", "be_heard": "yes"}
    values = {name: value for name, value in values.items() if name not in choices}
    return fill(words(template.id, dice.choice(template.languages)), values, choices)
