"""Who may talk to the daily screen: one browser on this machine, and no page of anybody else.

Comes in: a request. Goes out: whether it is that browser's, and whether a form was one of ours.
It refuses to know what is asked for.
"""

import hmac
import secrets
from dataclasses import dataclass, field

from desk.loopback.message import Request, first

TOKEN_BYTES = 32
COOKIE = "desk"
FORM_FIELD = "form_token"  # name of the hidden field
_OURS = (None, "same-origin", "none")  # "none": typed or pasted by the handler


def _draw() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(slots=True)
class Session:
    """The one session of a process: the secrets between it and one browser, 256 bits each."""

    address_here: str  # of this machine, in 127.0.0.0/8
    port: int
    start: str = field(default_factory=_draw, repr=False)  # in the first address, once
    cookie: str = field(default_factory=_draw, repr=False)
    form: str = field(default_factory=_draw, repr=False)

    @property
    def host(self) -> str:
        """The only `Host` that is answered; a name that leads here is somebody else's page."""
        return f"{self.address_here}:{self.port}"

    @property
    def origin(self) -> str:
        """The only `Origin` that is answered."""
        return f"http://{self.host}"

    @property
    def address(self) -> str:
        """What the handler opens: it lets one browser in, once."""
        return f"{self.origin}/?token={self.start}"

    def set_cookie(self) -> tuple[str, str]:
        """The header that lets this browser in until it is closed."""
        return "Set-Cookie", f"{COOKIE}={self.cookie}; Path=/; HttpOnly; SameSite=Strict"

    def begin(self, token: str) -> bool:
        """Whether this is the token of the first address, which from now on opens nothing."""
        if not self.start or not _same(token, self.start):
            return False
        self.start = ""
        return True

    def is_ours(self, request: Request) -> bool:
        """Whether a request came to this address, from this address or from the handler's hand."""
        origin = request.header("origin")
        return (
            request.header("host") == self.host
            and origin in (None, self.origin)
            and request.header("sec-fetch-site") in _OURS
        )

    def is_known(self, request: Request) -> bool:
        """Whether a request carries our cookie."""
        jar = (pair.strip() for pair in (request.header("cookie") or "").split(";"))
        found = [pair.removeprefix(f"{COOKIE}=") for pair in jar if pair.startswith(f"{COOKIE}=")]
        return len(found) == 1 and _same(found[0], self.cookie)

    def may_post(self, request: Request) -> bool:
        """Whether a form came from one of our pages: it says where from, and holds our token."""
        said = request.header("origin") == self.origin
        said = said or request.header("sec-fetch-site") == "same-origin"
        return said and _same(first(request.form, FORM_FIELD), self.form)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("ascii"))
