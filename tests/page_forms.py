"""The forms that really stand on a page of the daily screen: their controls, filled in as a browser sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from desk.loopback.presses import SETTLE_SECONDS
from tests.screens import Client


@dataclass
class Form:
    """What is sent of each control when nobody types, and what can be chosen where there is a list."""

    sent: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self._form = Form()
        self._list = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "form":
            self._form = self.forms.setdefault(found["action"], Form())
        elif tag == "select":
            self._list = name
        elif tag == "textarea":
            self._text = name
        if tag in ("input", "select", "textarea"):
            self._form.names.add(name)
        if tag == "option" or found.get("type") == "checkbox":
            self._form.choices.setdefault(name or self._list, set()).add(value)
        if found.keys() & {"checked", "selected"} or found.get("type") in (
            "text",
            "date",
            "hidden",
        ):
            self._form.sent.setdefault(name or self._list, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self._form.sent[self._text] = [data.removeprefix("\n")]


def forms(page: str) -> dict[str, Form]:
    """Every form of a page by the address to which it is sent."""
    return _Reader(page).forms


def press(client: Client, address: str, **typed: str | list[str]) -> Client:
    """Fill in the form with this address on the page and press its button; the rest goes as it stands."""
    form = forms(client.text)[address]
    for name, value in typed.items():
        assert name in form.names, name
        wanted = {value} if isinstance(value, str) else set(value)
        assert wanted <= form.choices.get(name, wanted), name
    client.clock.now += SETTLE_SECONDS + 0.1
    client.ask("POST", address, form.sent | typed)
    return client.follow()
