"""Days and times of day in words and figures, part of the leak check in step 7.

Comes in: a folded text in Dutch or English. Goes out: where something stands that is finer than a
month. It refuses to know what happened on a day.
"""

import re
from collections.abc import Iterator

_CLEAR = (
    "januari|january|jan|februari|february|feb|maart|march|mrt|mar|april|apr|mei|juni|june|jun"
    "|juli|july|jul|augustus|august|aug|september|sept|sep|oktober|october|okt|oct|november|nov"
    "|december|dec"
)
# "may" in small letters is a verb, except beside a number.
_MONTH = rf"(?:{_CLEAR}|(?-i:May|MAY))\b\.?"
_MONTH_OR_MAY = rf"(?:{_CLEAR}|may)\b\.?"
_WEEKDAY = (
    "(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|monday|tuesday|wednesday"
    "|thursday|friday|saturday|sunday)"
)
_DAY_NL = (
    "eerste|derde|achtste|eenendertigste|eenendertig|dertigste|dertig"
    "|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)en)?twintig(?:ste)?"
    "|(?:tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien)(?:de)?"
    "|(?:twee|vier|vijf|zes|zeven|negen)(?:de)?|een|drie|acht"
)
_DAY_EN = (
    "(?:twenty|thirty)[ -]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    "|one|two|three|four|five|six|seven|eight|nine)?"
    "|twentieth|thirtieth|first|second|third|fifth|eighth|ninth|twelfth"
    "|(?:four|six|seven|ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
    "(?:th)?|one|two|three|five|eight|nine|twelve"
)
_DAY_WORD = f"(?:{_DAY_NL}|{_DAY_EN})"
_NTH = (
    "(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde"
    "|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende"
    "|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)en)?twintigste|(?:eenen)?dertigste"
    "|(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    "|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
# "de 12e" alone is a day; "de 12e melding" is not, nor "de tweede" where things are told in order.
_LATER_NTH = rf"(?!(?:eerste|tweede|derde|first|second|third)\b){_NTH}"
_THE = r"(?:(?<=\bde )|(?<=\bthe ))"
_COUNTED = (
    r"(?! (?:keer|maal|klacht|melding|brief|vraag|verdieping|etage|kamer|persoon|lid|punt|stap|reden"
    "|groep|controle|huis|artikel|hoofdstuk|helft|kwartaal|eeuw|plek|plaats|bezoek|gesprek|deel|man"
    "|vrouw|zaak|term|maand|week|time|floor|room|person|complaint|step|point|reason|group|question"
    "|half|quarter|century|place|visit|part|month|man|woman|case|report|letter)s?\\b)"
)
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_D2 = r"(?:0[1-9]|[12]\d|3[01])"
_M2 = r"(?:0[1-9]|1[0-2])"
_Y = r"(?:19|20)\d\d"
_SEP = " ?[-–—./] ?"
_ORDINAL = " ?(?:e|de|ste|st|nd|rd|th)?"
# 12-3 counts down, so it is no range; 3-4 may be one.
_DOWN = "|".join(
    rf"(?:{'|'.join(f'0?{day}' for day in range(31, month, -1))})-0?{month}"
    for month in range(1, 13)
)
_FEAST = (
    "kerst(?:mis|avond|nacht|dag)?|paas(?:dag|maandag|zondag)|pasen|pinkster(?:en|dag|maandag)"
    "|hemelvaart(?:sdag)?|konings(?:dag|nacht)|bevrijdingsdag|goede vrijdag|halloween"
    "|(?:oudejaars|nieuwjaars)(?:dag|avond|nacht)|oud en nieuw|sinterklaas(?:avond)?|pakjesavond"
    "|valentijnsdag|christmas|boxing day|easter|new year'?s (?:eve|day)|whit monday|king'?s day"
    "|carnaval|carnival|suikerfeest|offerfeest|eid(?: al[- ]\\w+)?|prinsjesdag|nieuwjaar"
    "|(?-i:Pride)|gay ?pride|pentecost|ascension day|good friday|whitsun|keti koti|diwali|chanoeka"
    "|hanukkah|moederdag|vaderdag|mother'?s day|father'?s day|valentine'?s(?: day)?|dodenherdenking"
    "|sint[- ]maarten|dierendag|aswoensdag|palmzondag|driekoningen|thanksgiving"
)
_SPAN = "(?:dag|dagen|nacht|nachten|week|weken|uur|uren|days?|nights?|weeks?|hours?)"
_DATES = (
    # 12-03-2026, 12/3/26, the English order, 2026-03-12, 12 3 2026, 20260312, 12032026
    rf"(?<!\d){_D}{_SEP}{_M}{_SEP}(?:{_Y}|\d\d)(?!\d)",
    rf"(?<!\d){_M}{_SEP}{_D}{_SEP}(?:{_Y}|\d\d)(?!\d)",
    rf"(?<!\d){_Y}{_SEP}{_M}{_SEP}{_D}(?!\d)",
    rf"(?<!\d){_D} {_M} {_Y}(?!\d)",
    rf"(?<!\d)(?:{_Y}{_M2}{_D2}|{_D2}{_M2}{_Y})(?!\d)",
    # 12-03 and 12/03, but not 24/7; behind some words also 12-3 and 12/3
    rf"(?<![\d/-])(?!24/07){_D2}(?:-| ?/ ?){_M2}(?![\d/-])",
    rf"(?<![\d/.-])(?=\d\d?-\d)(?!24-0?7\b)(?:{_DOWN})(?![\d/-])",
    rf"\b(?:op|on|vanaf|sinds|since|dd|d\.d\.) {_D}(?:[-/]{_M}(?!\d)| ?[-/.] ?{_M}(?! ?[-/.] ?\d|\d))",
    # the day of a year: 2026-071
    rf"(?<!\d){_Y}-[0-3]\d\d(?!\d)",
    # a day whose month stands elsewhere: de 12e, the 12th, op de twaalfde
    rf"{_THE}{_D} ?(?:e|de|ste|st|nd|rd|th)\b{_COUNTED}",
    rf"{_THE}{_LATER_NTH}\b{_COUNTED}",
    rf"\b(?:op|on) (?:de|the) {_NTH}\b{_COUNTED}",
    rf"\b{_MONTH_OR_MAY}[ .,-]{{1,3}}(?:op |on )?(?:de |the )?(?:{_D} ?(?:e|de|ste|th|st|nd|rd)|{_NTH})\b",
    # 12 maart, 12e van maart, 12th of March, de twaalfde maart, March 12, March the twelfth
    rf"(?<!\d){_D}{_ORDINAL}[ .,-]{{0,3}}(?:(?:van|of) )?{_MONTH_OR_MAY}",
    rf"\b{_DAY_WORD} (?:(?:van|of) )?{_MONTH}",
    rf"\b{_MONTH_OR_MAY}[ .,-]{{1,3}}(?:the )?{_D}{_ORDINAL}\b(?!\d)",
    rf"\b{_MONTH} (?:the )?(?:{_DAY_EN})\b",
    rf"\b(?:begin|half|midden|medio|eind|einde|early|mid|late|end)[ -](?:van |of )?{_MONTH}",
    # a day of the week, a feast, a week, and what is counted from today
    rf"\b{_WEEKDAY}(?:s|ochtend|middag|avond|nacht|morgen)?\b",
    r"\b(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)\.? \d\d?\b(?! \w)",
    r"\b(?:ma|di|wo|vr|za|mon|tue|wed|thu|fri)\. ?\d\d?\b|\b(?:tues|weds|thurs)\b",
    rf"\b(?:{_FEAST})\b",
    r"\b(?:week ?(?:nummer |number |nr\.? |no\.? )?|w)\d\d?\b",
    r"\b(?:eerste|tweede|derde|vierde|laatste|first|second|third|fourth|last) week(?:end)?\b",
    rf"\b(?:eerste|laatste|first|last) (?:dag|day) (?:van|of) {_MONTH}",
    r"\b(?:eer)?gister(?:en|ochtend|middag|avond|nacht)\b",
    r"\bvan(?:nacht|ochtend|morgen|middag|avond|daag)\b|\b(?:yesterday|today|tonight)\b",
    r"\b(?:vorige|afgelopen|deze|komende|volgende|last|this|next) (?:week(?:end)?|nacht|night)\b",
    rf"\b(?:\d+|{_DAY_WORD}|paar|few|couple of|anderhalve?|halve?|a|and a half) {_SPAN}"
    r" (?:geleden|terug|ago)\b",
)
_HOUR = r"(?:[01]?\d|2[0-4])"
_HOUR_NL = "(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
_HOUR_EN = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_BEFORE = "(?<!binnen )(?<!per )(?<!elke )(?<!hele )"  # "binnen 24 uur" is no time of day
_AFTER = r"(?! (?:per|lang|of meer)\b)"
_STOP = r"(?=[.,;!?\n]|$)"
_PART = (
    r"(?:in de (?:ochtend|middag|avond|nacht)|in the (?:morning|afternoon|evening|night)|at night"
    r"|['’`´]?s[ -]?(?:ochtends|morgens|middags|avonds|nachts))"
)
# Articles of law, one or several: their numbers look like times.
_LAW = r"(?:1[01]|[1-9]):\d{1,3}[a-z]?\b(?:,? (?:eerste|tweede|derde|vierde) lid| lid \d)?"
_ARTICLES = re.compile(
    rf"\b(?:artikel(?:en)?|articles?|art\.|awb) {_LAW}(?:(?:, ?| en | and | of | or | tot | t/m ){_LAW})*",
    re.IGNORECASE,
)
_TIMES = (
    # 14:30, but not article 9:11; 14.30 uur, 14u30, om 14.30, 2 pm
    rf"(?<![\d:.]){_HOUR}:[0-5]\d(?![\d:])",
    rf"(?<![\d.,]){_HOUR}[.,:]?[0-5]\d ?(?:uur|u|h|hrs|hours|o'?clock)\b",
    rf"(?<![\d.,]){_HOUR} ?[uh] ?[0-5]\d\b",
    rf"\b(?:om|at|rond|around|tegen|vanaf|na|voor) {_HOUR}\.[0-5]\d(?!\d)",
    rf"(?<![\d.,]){_HOUR}(?:[.:][0-5]\d)? ?[ap]\.? ?m\b",
    # 3 uur, drie uur, om drie uur, half vier, kwart over een, three o'clock, half past three
    rf"(?<![\d.,]){_BEFORE}{_HOUR} ?(?:uur|u)\b{_AFTER}",
    rf"\b{_BEFORE}{_HOUR_NL} uur\b{_AFTER}",
    r"\b(?:om|rond|tegen|vanaf|na|voor) een uur\b",
    rf"\b(?:om|at) (?:{_HOUR}|{_HOUR_NL}|{_HOUR_EN}){_STOP}",
    rf"\b(?:om |at )?(?:{_HOUR}|{_HOUR_NL}|{_HOUR_EN}|een uur)(?: uur)? {_PART}\b",
    rf"\bom een {_PART}\b",
    rf"\bhalf (?:{_HOUR}|{_HOUR_NL}|een)\b",
    rf"\b(?:kwart|tien|vijf|\d\d?) (?:voor|over) (?:half )?(?:{_HOUR}|{_HOUR_NL})\b",
    r"\b(?:kwart|tien|vijf) (?:voor|over) (?:half )?een\b(?! \w)|\bkwart (?:voor|over) een\b",
    rf"\b(?:quarter|half|ten|five|twenty|\d\d?) (?:to|past) (?:{_HOUR}|{_HOUR_EN})\b",
    rf"\b(?:{_HOUR}|{_HOUR_EN}) ?o'?clock\b",
    r"\b(?:middernacht|midnight|noon)\b",
)


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_DAYS = _compiled(_DATES)
_HOURS = _compiled(_TIMES)
_YEARS = _compiled((rf"(?<!\d){_Y}(?!\d)",))
_MONTHS = _compiled(
    (
        rf"\b{_MONTH}",
        rf"\d {_MONTH_OR_MAY}",
        # 03-2026, 2026/03, de derde maand, vorige maand
        rf"(?<![\d/.-]){_M} ?[-/.] ?{_Y}(?!\d)",
        rf"(?<!\d){_Y} ?[-/.] ?{_M}(?!\d)",
        rf"\b(?:{_NTH}|{_D} ?(?:e|de|ste|st|nd|rd|th)) (?:maand|month)\b",
        r"\b(?:vorige|afgelopen|deze|komende|volgende|last|past|this|next) (?:maand|month)\b",
        r"\b(?:een|a|one|anderhalve?) (?:maand|month) (?:geleden|terug|ago)\b",
    )
)


def _find(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield found.span()


def without_articles(text: str) -> str:
    """The text with letters in the place of articles of law: "artikel 5:15, 5:16"."""
    return _ARTICLES.sub(lambda found: "x" * len(found[0]), text)


def days(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text names a day or a week: start and end, in no order."""
    return _find(_DAYS, text)


def times(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text names a time of day: start and end, in no order."""
    return _find(_HOURS, without_articles(text))


def months(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text names a month: start and end, in no order."""
    return _find(_MONTHS, text)


def years(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text has four digits by themselves that can be a year: start and end."""
    return _find(_YEARS, text)
