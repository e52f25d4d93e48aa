"""The promises of the privacy page (step 1): their records in, HTML out.

Below each sentence stand the tests that hold it, in small print: a reader needs none of them. It knows no test.
"""

from html import escape

from overrides.facts.promises import Promise
from overrides.pages.wording import Voice, items


def body(voice: Voice, found: tuple[Promise, ...]) -> str:
    """A list, as one line of HTML."""
    return items(f"{voice.words(one.says)} {_tests(one)}" for one in found)


def _tests(one: Promise) -> str:
    return "".join(f'<code class="held-by">{escape(test)}</code>' for test in one.tests)
