"""Response headers (steps 1 and 3), said once: the site's address and form pages in, headers out.

Every server and edge gets its own spelling of the same record from `header_formats`. It knows no
server, and nothing in it may loosen a page: a path only replaces headers by name.
"""

from dataclasses import dataclass

from overrides.frame import inline

# One policy for reading, one for pages that seal. `frame-ancestors` works in a header only; the
# rest also stands in each page as meta, so a copy on a host that sends no headers is held as well.
_READING_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
# The page that seals starts a worker and posts to the drop. The one policy named `balie` returns
# the constant address of the worker that this browser needs; without it Trusted Types refuse it.
_FORM_CSP = {
    **_READING_CSP,
    "connect-src": "'self'",
    "worker-src": "'self'",
    "trusted-types": "balie",
}
# Only a page with something to listen to says this of itself.
SOUND = "media-src 'self'"
_HEADER_ONLY = ("frame-ancestors",)
# The one file to keep: nothing but the style that stands in it.
_KEPT_CSP = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
# The powers that a header takes away from a script which was altered or put in; Chromium alone reads it. It goes along
# with every answer, so what is out of reach anyway is left out. tests/browser/test_powers.py asks the browser for its
# whole list, and has the reason for each that does not stand here.
_POWERS = """
    accelerometer autoplay browsing-topics camera clipboard-read clipboard-write
    compute-pressure digital-credentials-create digital-credentials-get display-capture
    fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection
    language-detector language-model local-fonts magnetometer microphone midi
    otp-credentials payment publickey-credentials-create publickey-credentials-get
    screen-wake-lock serial summarizer translator usb window-management xr-spatial-tracking
"""


@dataclass(frozen=True)
class Headers:
    """Headers for every answer, and replacements by URL path (folders end in a slash)."""

    default: dict[str, str]
    paths: dict[str, dict[str, str]]

    def at(self, path: str) -> dict[str, str]:
        """All headers of one path."""
        return {**self.default, **self.paths.get(path, {})}


def meta_policy(form: bool) -> str:
    """The content policy as a page may say it of itself: the header without `frame-ancestors`."""
    policy = _FORM_CSP if form else _READING_CSP
    return _policy({k: v for k, v in policy.items() if k not in _HEADER_ONLY})


def kept_policy() -> str:
    """What the one file to keep says of itself, wherever it is opened."""
    return _policy({**_KEPT_CSP, "style-src": inline.source()})


def _any_reading() -> dict[str, str]:
    """What some page for reading needs: the header lets that in, and each page takes back in its meta what it does not.

    So one rule does for every server, and a browser holds a page to what both of them say.
    """
    return {**_READING_CSP, "style-src": f"'self' {inline.source()}", "media-src": "'self'"}


def of_site(site_url: str, form_paths: list[str], *, preload: bool = False) -> Headers:
    """The headers of a site at `site_url` whose pages in `form_paths` seal.

    With `preload` anybody may have the host put into the browsers' own list of https sites.
    """
    default = {
        # Ask each time whether the copy is still right: advice at a door must not be last week's.
        # Scripts too, whose folder names their build: what a phone may keep for long is a trace.
        # A 304 costs a few hundred bytes.
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _policy(_any_reading()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _POWERS.split()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if site_url.startswith("https://"):
        # Two years. On http browsers ignore it, so a practice build does not pretend.
        default["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        default["Strict-Transport-Security"] += "; preload" if preload else ""
    form = {"Cache-Control": "no-store", "Content-Security-Policy": _policy(_FORM_CSP)}
    return Headers(default, {path: form for path in sorted(form_paths)})


def _policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
