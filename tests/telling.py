"""Words that tell what a page is about to whoever sees its title: a pattern for each language, all searched for."""

import re

WORDS = {
    "nl": r"seks|prostitu|hoer|bordeel|raam|stripclub",
    "en": r"\bsex|prostitut|whore|hooker|escort|brothel|stripper|window|cam ?girl",
    "es": r"sexo|sexual|prostitu|\bputas?\b|burdel|vitrina",
    "ro": r"sex|prostitu|curv[aăe]|bordel|vitrin",
    "bg": r"секс|проститу|курв|бордей|ескорт|витрин",
    "hu": r"szex|prostitu|kurv|bordély|kirakat",
    "pt-BR": r"sexo|sexua|prostitu|\bputas?\b|bordel|vitrine",
    "pl": r"seks|prostytu|kurw|burdel",
    "th": r"เซ็กซ์|เซ็กส์|ทางเพศ|โสเภณี|กะหรี่|ซ่อง|ค้าประเวณี",
    "zh": r"性工作|性服务|性交易|卖淫|妓|娼|嫖|橱窗",
    "ru": r"секс|проститу|шлюх|бордел|эскорт|витрин",
    "ar": r"جنس|دعار|بغاء|عاهر|مومس",
}
_ALL = re.compile("|".join(WORDS.values()), re.I)


def telling(text: str) -> list[str]:
    """The words of any language that stand in a text."""
    return [found[0] for found in _ALL.finditer(text)]
