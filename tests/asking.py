"""Advice to ask, write, register or open something, in the words of each language.

Whoever follows it tells somebody that she is there. So who learns what from it stands above it on the
page, or one tap away from the part that gives the advice.
"""

import re
from pathlib import Path

# What she is told to do, and to whom. A sentence that says not to ask is none.
ADVICE = {
    "nl": (
        r"[Vv]raag (?:het|dat|dit)(?: na)? (?:aan|bij) (?:de|je|een) (?:gemeente|exploitant|verhuurder|KvK|bank)",
        r"[Vv]raag (?:de|je) (?:gemeente|exploitant|verhuurder|KvK|bank|site|krant)",
        r"[Vv]raag (?:de|je) \w+ (?:op papier|per brief)",
        r"[Vv]raag (?:het|dat|dit|hem)(?: \w+)? (?:op papier(?! en bel)|per brief|aan bij)",
        r"[Vv]raag (?:per brief|het rapport)",
        r"[Vv]raag (?:je )?een vergunning",
        r"schrijf je je in",
        r"Schrijf (?:de|een brief|een klacht|dat ook in een brief)",
        r"(?:Stuur|Gebruik) (?:op tijd |een |deze |van )*\[?(?:een )?(?:korte |onze )?(?:brief|brieven)",
        r"[Mm]aak (?:dan )?(?:binnen \w+ weken )?bezwaar",
        r"naar (?:de|welke|een) ombudsman",
    ),
    "en": (
        r"\b[Aa]sk (?:the|your) (?:municipality|operator|landlord|\*?KvK|bank|site|newspaper)",
        r"\b[Aa]sk (?:for )?(?:the reason |it )?(?:on paper|by letter|in writing)(?! and (?:call|phone))",
        r"\b[Aa]sk for the report",
        r"(?<!they )(?<!you )\b[Aa]sk for a permit",
        r"(?<!not )\b[Rr]egister (?:at|with)",
        r"\b[Ww]rite (?:to the (?!address)|the newspaper|a letter|a complaint|that in a letter)",
        r"\b(?:Send|Use) (?:\w+ )*\[?(?:short |our )?letters?",
        r"\bobject within",
        r"\bto (?:the|which|an) \*?ombudsman",
    ),
    "es": (
        r"[Pp]ide por carta",
        r"[Pp]ide el informe por carta",
        r"[Pp]regunta por carta",
        r"Envía una carta",
    ),
    "ar": ("برسالة", "إرسال رسالة"),
}
# A question to a municipality tells it who she is and where she works: others ask it.
HERSELF = {
    "nl": r"(?<![Ee]en )\b[Vv]raag (?:(?:het|dat|dit)(?: na)? )?(?:aan |bij )?(?:de|je) gemeente\b",
    "en": r"(?<!Do not )\b[Aa]sk (?:it (?:of|at) )?(?:the|your) municipality\b",
}
_LINK = re.compile(r"\]\(([\w-]+\.md)(?:#[\w-]+)?\)")


def unsaid(folder: Path) -> dict[str, list[str]]:
    """Advice of this kind by page of a language, where nobody is told first who learns what."""
    texts = {path.name: _body(path.read_text("utf-8")) for path in sorted(folder.glob("*.md"))}
    boxed = {name for name, text in texts.items() if "!!! learns" in text}
    if folder.name not in ("nl", "en"):
        boxed |= {name for name in _boxed(folder.parent / "en") if name not in texts}
    found = {name: _unsaid(text, folder.name, boxed) for name, text in texts.items()}
    return {name: lines for name, lines in found.items() if lines}


def herself(folder: Path) -> dict[str, list[str]]:
    """Places by page of a language where she is told to ask the municipality herself."""
    texts = {path.name: _body(path.read_text("utf-8")) for path in sorted(folder.glob("*.md"))}
    found = {name: re.findall(HERSELF[folder.name], text) for name, text in texts.items()}
    return {name: lines for name, lines in found.items() if lines}


def _boxed(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.md") if "!!! learns" in path.read_text("utf-8")}


def _body(text: str) -> str:
    return text.split("---", 2)[2]


def _unsaid(text: str, language: str, boxed: set[str]) -> list[str]:
    before, *parts = re.split(r"(?m)^(?=## )", text)
    said, found = False, []
    for part in [before, *parts]:
        box = part.find("!!! learns")
        leads = boxed & set(_LINK.findall(part))
        for pattern in ADVICE[language]:
            for match in re.finditer(pattern, part):
                if not (said or leads or 0 <= box < match.start()):
                    found.append(match[0])
        said = said or box >= 0
    return found
