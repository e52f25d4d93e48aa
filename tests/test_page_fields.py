"""What the handler's browser may do of its own accord with words on the daily screen: nothing."""

import re

from tests.screens import Client, put_case

QUIET = {
    'autocomplete="off"',
    'autocorrect="off"',
    'spellcheck="false"',
    'writingsuggestions="false"',
}
FIELDS = re.compile(r'<textarea[^>]*>|<input[^>]*type="(?:text|password)"[^>]*>')


def test_no_field_of_the_daily_screen_learns_and_no_page_is_translated(client: Client) -> None:
    """Every page with every form: no field is corrected, completed or remembered, no page offered to a translator."""
    case = put_case(client.screen.book, story="zqx")
    path = f"/case/{case.subject}"
    pages = ["/", "/search", "/add", "/import", "/outbox", "/retention", path, f"{path}/letter"]
    found = 0
    for page in [*pages, f"{path}/letter?template=report_back"]:
        client.get(page)
        assert re.search(r'<html[^>]* translate="no"', client.text), page
        for tag in FIELDS.findall(client.text):
            assert {name for name in QUIET if name in tag} == QUIET, (page, tag)
            found += 1
    made = client.post(f"{path}/letter", template="report_back", letter_language="en", done="x")
    hidden = FIELDS.findall(made.text)
    assert [tag for tag in hidden if any(name not in tag for name in QUIET)] == []
    assert found > 20
    assert hidden
