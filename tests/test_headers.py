"""Response headers: one record, and every spelling of it says the same."""

import json
import re
from fnmatch import fnmatch

import botocore.session
import pytest
from botocore.validate import ParamValidator

from overrides.frame import headers, inline
from overrides.frame.headers import Headers
from overrides.press import header_formats

FORMS = ["/nl/write/", "/en/write/"]
RECORD = headers.of_site("https://balie.example", FORMS)
PATHS = [
    "/",
    "/nl/",
    "/nl/door/",
    "/nl/write/",
    "/en/write/",
    "/keys.json",
    "/assets/1f0c9a3e/seal.js",
]
POLICY = "Content-Security-Policy"


def directives(policy: str) -> dict[str, str]:
    """A content policy by directive."""
    pairs = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: value for name, _, value in pairs}


def test_reading_pages_have_the_strict_policy() -> None:
    """Nothing from elsewhere, nothing inline but one style by its hash, no form target, no frame, no script sink."""
    assert directives(RECORD.at("/nl/door/")[POLICY]) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' {inline.source()}",
        "media-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_the_form_page_may_only_seal_and_send_more() -> None:
    """It says more than a page for reading in three directives: connect, worker, and the one policy for the worker."""
    reading = directives(headers.meta_policy(form=False))
    reading["frame-ancestors"] = "'none'"
    form = directives(RECORD.at("/nl/write/")[POLICY])

    assert dict(form.items() - reading.items()) == {
        "connect-src": "'self'",
        "worker-src": "'self'",
        "trusted-types": "balie",
    }


def test_the_meta_policy_of_a_form_is_the_header_without_what_meta_cannot_say() -> None:
    """Only `frame-ancestors` has no effect in a page."""
    header = directives(RECORD.at("/nl/write/")[POLICY])
    assert header.pop("frame-ancestors") == "'none'"

    assert directives(headers.meta_policy(form=True)) == header


def test_a_page_for_reading_takes_back_what_it_does_not_need() -> None:
    """The header lets in what one page needs; every other says in its meta that it needs nothing of that."""
    header = directives(RECORD.at("/nl/")[POLICY])
    own = directives(headers.meta_policy(form=False))

    assert own.items() ^ header.items() == {
        ("style-src", "'self'"),
        ("style-src", f"'self' {inline.source()}"),
        ("frame-ancestors", "'none'"),
        ("media-src", "'self'"),
    }


def test_the_file_to_keep_lets_in_its_style_and_nothing_else() -> None:
    """Not even from the site itself, and the header does not forbid that style."""
    own = directives(headers.kept_policy())

    assert own == {
        "default-src": "'none'",
        "style-src": inline.source(),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert inline.source() in directives(RECORD.at("/nl/info.html")[POLICY])["style-src"].split()


def test_other_headers_give_nothing_away() -> None:
    """No referrer, no sniffing, no sharing of the window, no camera, microphone or place."""
    default = RECORD.default

    assert default["Referrer-Policy"] == "no-referrer"
    assert default["X-Content-Type-Options"] == "nosniff"
    assert default["Cross-Origin-Opener-Policy"] == "same-origin"
    assert default["Cross-Origin-Resource-Policy"] == "same-origin"
    for power in ("camera", "microphone", "geolocation"):
        assert f"{power}=()" in default["Permissions-Policy"].split(", ")


def test_the_form_page_is_never_stored() -> None:
    """Other pages are asked for anew each time; the form leaves no copy at all."""
    assert RECORD.at("/nl/write/")["Cache-Control"] == "no-store"
    assert RECORD.at("/nl/door/")["Cache-Control"] == "no-cache"


def test_transport_security_only_where_there_is_any() -> None:
    """On http the header means nothing and is left out."""
    assert "max-age=63072000" in RECORD.default["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in headers.of_site("http://127.0.0.1", FORMS).default


def test_a_desk_asks_for_the_browsers_own_list_by_a_setting_alone() -> None:
    """What is on that list stays there for months, so no site asks for it unless somebody decided so."""
    default = RECORD.default["Strict-Transport-Security"]
    asked = headers.of_site("https://balie.example", FORMS, preload=True)

    assert "preload" not in default
    assert asked.default == RECORD.default | {"Strict-Transport-Security": f"{default}; preload"}
    policy = json.loads(header_formats.files(asked)["cloudfront-form.json"])
    assert cloudfront(policy) == asked.at("/nl/write/")


def test_json_carries_the_record() -> None:
    """Our own application reads two names: default and paths."""
    read = json.loads(header_formats.to_json(RECORD))

    assert Headers(**read) == RECORD


def underscore(text: str, path: str) -> dict[str, str]:
    """What Cloudflare Pages sends for a path: rules add up, `!` detaches."""
    found: dict[str, str] = {}
    for block in text.strip().split("\n\n"):
        rule, *lines = block.splitlines()
        for line in lines if fnmatch(path, rule) else []:
            name, _, value = line.strip().partition(": ")
            if name.startswith("! "):
                del found[name[2:]]
            else:
                assert name not in found, "two values would be joined with a comma"
                found[name] = value
    return found


def caddy(text: str, path: str) -> dict[str, str]:
    """What Caddy sets for a path, with matchers of the kinds `path` and `not path`."""
    matchers = {"": True}
    for name, negated, globs in re.findall(r"^(@\w+) (not )?path (.*)$", text, flags=re.M):
        matchers[name] = any(fnmatch(path, glob) for glob in globs.split()) is not bool(negated)
    found: dict[str, str] = {}
    for matcher, body in re.findall(r"^header (@\w+ )?\{\n(.*?)^\}", text, flags=re.M | re.S):
        if matchers[matcher.strip()]:
            found.update(re.findall(r'^\t([\w-]+) "(.*)"$', body, flags=re.M))
    return found


def nginx(files: dict[str, str], path: str) -> dict[str, str]:
    """What nginx adds for a path; maps match the first regular expression."""
    values = {}
    for name, body in re.findall(
        r"^map \$uri (\$\w+) \{\n(.*?)^\}", files["nginx-http.conf"], re.M | re.S
    ):
        rows = re.findall(r'^ +("~.*?"|default) "(.*)";$', body, flags=re.M)
        hits = [value for key, value in rows if key != "default" and re.match(key[2:-1], path)]
        values[name] = [*hits, dict(rows)["default"]][0]
    added = re.findall(r'^add_header ([\w-]+) "(.*)" always;$', files["nginx-server.conf"], re.M)
    return {name: values.get(value, value) for name, value in added}


@pytest.mark.parametrize("path", PATHS)
def test_every_server_sends_the_same_headers(path: str) -> None:
    """Read back as each server reads it, every spelling gives the record."""
    files = header_formats.files(RECORD)

    assert underscore(files["_headers"], path) == RECORD.at(path)
    assert caddy(files["Caddyfile"], path) == RECORD.at(path)
    assert nginx(files, path) == RECORD.at(path)


def test_the_underscore_file_keeps_within_its_limits() -> None:
    """Cloudflare Pages reads at most 100 rules and 2,000 characters a line."""
    lines = header_formats.to_underscore(RECORD).splitlines()

    assert sum(line.startswith("/") for line in lines) <= 100
    assert max(map(len, lines)) <= 2000


@pytest.mark.parametrize(("name", "path"), [("default", "/nl/"), ("form", "/nl/write/")])
def test_cloudfront_accepts_its_policies_and_they_say_the_same(name: str, path: str) -> None:
    """The AWS model itself checks the shape; the values are those of the record."""
    policy = json.loads(header_formats.files(RECORD)[f"cloudfront-{name}.json"])
    service = botocore.session.get_session().get_service_model("cloudfront")
    shape = service.shape_for("ResponseHeadersPolicyConfig")

    assert ParamValidator().validate(policy, shape).generate_report() == ""
    assert cloudfront(policy) == RECORD.at(path)


def cloudfront(policy: dict[str, dict[str, dict[str, object]]]) -> dict[str, object]:
    """Headers that CloudFront sends for a policy; it knows five of them by field."""
    security = policy["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    assert policy["CustomHeadersConfig"]["Quantity"] == len(policy["CustomHeadersConfig"]["Items"])  # type: ignore[arg-type]
    return {
        POLICY: security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "X-Content-Type-Options": "nosniff" if security["ContentTypeOptions"]["Override"] else "",
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}"
        + ("; includeSubDomains" if transport["IncludeSubdomains"] else "")
        + ("; preload" if transport["Preload"] else ""),
        **{item["Header"]: item["Value"] for item in policy["CustomHeadersConfig"]["Items"]},  # type: ignore[attr-defined]
    }


def test_a_server_in_front_takes_the_body_whole_and_says_each_header_once() -> None:
    """The lines for the drop buffer, keep no book, and hide what the server says for every path.

    That both servers take them, and what half-open requests do then: `python -m tests.bench.fronts`.
    """
    files = header_formats.files(RECORD)
    nginx_lines = files["nginx-drop.conf"].splitlines()
    caddy_lines = [line.strip() for line in files["Caddyfile-drop"].splitlines()]
    assert {"    proxy_request_buffering on;", "    access_log off;"} <= set(nginx_lines)
    assert {"request_buffers 16KiB", "max_size 16KiB"} <= set(caddy_lines)
    for name in RECORD.default:
        assert f"    proxy_hide_header {name};" in nginx_lines
        assert f"header_down -{name}" in caddy_lines
    assert any("exclude http.log.error" in line for line in caddy_lines)
