"""Step 3 on Lambda: `functions.cloud.handler.handle` takes the event of a function URL, and answers.

An event comes in, one of the drop's short answers goes out, with the headers of the site. Nothing
escapes and nothing is written: the client of Lambda's runtime prints the text of every exception, and
a store's text may name an object. It keeps nothing of an event, and does not look at its context.
"""

import gc

# Sixty thousand things that hold others are made while the libraries load, and all of them stay: to
# look for rubbish among them costs a tenth of a start. On again below, without those.
gc.disable()

# ruff: noqa: E402  the collector must be off before the libraries are read
import logging
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from functions import accepted, site_headers
from functions.cloud.event import DROP_PATH, Event, request_of, response_of
from functions.drop import Answer, answer, refuse
from functions.shape import Refusal, Request
from functions.store_s3 import from_environment

# These lie beside the handler's house in the package, so a new key list is a new package.
_FOLDER = Path(__file__).resolve().parents[2]
KEYS = "keys.json"
HEADERS = "headers.json"
# The id of a visit, which its sender may choose. Amazon's library would send it on to the store.
_TRACE = "_X_AMZN_TRACE_ID"
# The sender's page waits ten. A store that drips bytes keeps each single wait short and takes for ever.
STORE_SECONDS = 9.0
_NOT_HERE = Answer(404, b"")

Decide = Callable[[Request], Answer]

# Lambda's client makes a log of all that any library says. One of them warns of an answer it cannot
# read, with the whole address, which is the name of an object; and one setting of the account makes
# another tell each step. So nobody is listened to, whatever is set.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def handle(event: Event, _context: object) -> dict[str, object]:
    """Return the answer to an event of any shape; never raises."""
    os.environ.pop(_TRACE, None)
    try:
        request = request_of(event)
        result = _NOT_HERE if request is None else _within(STORE_SECONDS, request)
        return response_of(result, _headers)
    except Exception:
        # Its text may hold a part of the request, and would be printed and kept by Lambda.
        return response_of(refuse(Refusal.STORE), _headers)


def _within(seconds: float, request: Request) -> Answer:
    """Ask for at most this long. What the thread still stores is found to be safe by the same bytes again."""
    found: list[Answer] = []

    def ask() -> None:
        try:
            found.append(_decide(request))
        except Exception:
            return  # a thread prints what it dies of; nothing found is an answer

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else refuse(Refusal.STORE)


def _set_up() -> Decide:
    """Read the key list of the package and make the client of the store."""
    ids = accepted.read((_FOLDER / KEYS).read_text("utf-8")).ids
    store = from_environment(os.environ["BUCKET"])
    return lambda request: answer(request, store, ids)


def _closed(_request: Request) -> Answer:
    """Refuse everything, as long as the function cannot be set up: told by a canary, never in a log."""
    return refuse(Refusal.STORE)


def _decide_or_closed() -> Decide:
    try:
        return _set_up()
    except Exception:
        return _closed  # the runtime would print its text, and a path or a key list with it


def _site_headers() -> dict[str, str]:
    try:
        return dict(site_headers.parse((_FOLDER / HEADERS).read_text("utf-8")).at(DROP_PATH))
    except Exception:
        return {}  # the answer itself stays right, and the edge in front sets the same headers


_headers = _site_headers()
_decide = _decide_or_closed()
gc.freeze()
gc.enable()
