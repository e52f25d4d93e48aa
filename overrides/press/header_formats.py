"""The headers of the site in the spelling of each server (step 1): one record in, file texts out.

Adds no header and drops none. It does not know why a header is there. The lines for a server in front
of our own application stand in `proxies`.
"""

import json
from pathlib import Path

from overrides.frame import headers as records
from overrides.frame.edition import Edition, url_path
from overrides.frame.headers import Headers
from overrides.press import proxies

_FORM_PAGES = ("write.md", "answer.md")
# Of the files of a site (WIRE.md section 6.2); nginx's own list knows neither .csv nor .yml.
_NGINX_TYPES = """types {
    application/json json;
    application/pdf pdf;
    application/xml xml;
    application/yaml yml;
    audio/mpeg mp3;
    image/svg+xml svg;
    text/css css;
    text/csv csv;
    text/html html;
    text/javascript js;
    text/plain txt jsonl;
}
"""
_CADDY_TYPES = """# Where Caddy serves the files itself it takes their types from /etc/mime.types (Debian: media-types).
# Without that list it says none of .csv, .mp3, .txt and .yml.
"""


def write(site: Edition, made: Path, out: Path) -> None:
    """Beside the site at `out` for our own application, and in every other spelling; two of them in it."""
    forms = [url_path(one, page) for one in site.strings for page in _FORM_PAGES]
    record = records.of_site(site.settings.site_url, forms, preload=site.settings.preload)
    spelled = files(record)
    beside = out.with_name(f"{out.name}.headers")
    beside.mkdir(exist_ok=True)
    texts = {made / "_headers": spelled["_headers"], made / "headers.json": to_json(record)}
    texts |= {beside / name: text for name, text in spelled.items()}
    texts[out.with_name(f"{out.name}.headers.json")] = to_json(record)
    for path, text in texts.items():
        path.unlink(missing_ok=True)  # it may be one more name of a file that is kept
        path.write_text(text, encoding="utf-8", newline="\n")


def files(headers: Headers) -> dict[str, str]:
    """Every spelling by file name."""
    return {
        "Caddyfile": to_caddy(headers),
        "Caddyfile-drop": proxies.caddy_drop(headers),
        "_headers": to_underscore(headers),
        "cloudfront-default.json": to_cloudfront(headers.default, "reading"),
        **_cloudfront_paths(headers),
        "nginx-drop.conf": proxies.nginx_drop(headers),
        "nginx-http.conf": to_nginx_http(headers),
        "nginx-server.conf": to_nginx_server(headers),
    }


def to_json(headers: Headers) -> str:
    """For our own application: `default` and `paths`."""
    return _json({"default": headers.default, "paths": headers.paths})


def to_underscore(headers: Headers) -> str:
    """A `_headers` file as Cloudflare Pages reads it.

    Rules that overlap are joined with a comma there, so a path first detaches (`!`) what it
    replaces.
    """
    blocks = ["/*\n" + _lines(headers.default, "  {}: {}\n")]
    for path, replaced in headers.paths.items():
        detach = "".join(f"  ! {name}\n" for name in replaced)
        blocks.append(f"{path}*\n" + detach + _lines(replaced, "  {}: {}\n"))
    return "\n".join(blocks)


def to_caddy(headers: Headers) -> str:
    """A snippet to import in a Caddy site block; its matchers exclude each other.

    Removing a header makes Caddy wait with the whole block until the answer, which an error page
    never reaches: so that stands by itself. Types it takes from a list of the machine.
    """
    special = _special(headers)
    blocks = []
    for number, (path, replaced) in enumerate(headers.paths.items()):
        blocks.append(f"@path{number} path {path}*\n" + _caddy_block(f"@path{number} ", replaced))
    if special:
        rest = {name: headers.default[name] for name in special}
        matcher = "@rest not path " + " ".join(f"{path}*" for path in headers.paths)
        blocks.append(f"{matcher}\n" + _caddy_block("@rest ", rest))
    common = {k: v for k, v in headers.default.items() if k not in special}
    return "\n".join([_CADDY_TYPES, _caddy_block("", common), *blocks, "header -Server\n"])


def to_nginx_http(headers: Headers) -> str:
    """Maps for the http level of nginx: the value of each header that depends on the path."""
    maps = []
    for name in _special(headers):
        lines = "".join(
            f'    "~^{path}" "{replaced.get(name, headers.default[name])}";\n'
            for path, replaced in headers.paths.items()
        )
        start = f'map $uri {_variable(name)} {{\n    default "{headers.default[name]}";\n'
        maps.append(f"{start}{lines}}}\n")
    return "\n".join(maps)


def to_nginx_server(headers: Headers) -> str:
    """Lines for a server block of nginx; a location below it that adds a header loses all of those here.

    The types take the place of those of the http level.
    """
    values = {**headers.default, **{name: _variable(name) for name in _special(headers)}}
    return f"server_tokens off;\n{_NGINX_TYPES}" + _lines(values, 'add_header {} "{}" always;\n')


def to_cloudfront(headers: dict[str, str], name: str) -> str:
    """A ResponseHeadersPolicyConfig; CloudFront wants the headers it knows in their own fields."""
    rest = dict(headers)
    security: dict[str, object] = {
        "ContentSecurityPolicy": {
            "Override": True,
            "ContentSecurityPolicy": rest.pop("Content-Security-Policy"),
        },
        "ContentTypeOptions": {"Override": bool(rest.pop("X-Content-Type-Options"))},
        "ReferrerPolicy": {"Override": True, "ReferrerPolicy": rest.pop("Referrer-Policy")},
    }
    if transport := rest.pop("Strict-Transport-Security", ""):
        seconds = int(transport.partition(";")[0].removeprefix("max-age="))
        security["StrictTransportSecurity"] = {
            "Override": True,
            "IncludeSubdomains": "includeSubDomains" in transport,
            "Preload": "preload" in transport,
            "AccessControlMaxAgeSec": seconds,
        }
    custom = [{"Header": k, "Value": v, "Override": True} for k, v in rest.items()]
    policy = {
        "Name": f"site-{name}",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Quantity": len(custom), "Items": custom},
    }
    return _json(policy)


def _cloudfront_paths(headers: Headers) -> dict[str, str]:
    """One policy for all paths that share their headers: a behaviour per path points at it."""
    distinct = sorted({json.dumps(headers.at(path)) for path in headers.paths})
    names = [f"form{number or ''}" for number in range(len(distinct))]
    return {
        f"cloudfront-{name}.json": to_cloudfront(json.loads(text), name)
        for name, text in zip(names, distinct, strict=True)
    }


def _special(headers: Headers) -> list[str]:
    return sorted({name for replaced in headers.paths.values() for name in replaced})


def _variable(name: str) -> str:
    return "$site_" + name.lower().replace("-", "_")


def _caddy_block(matcher: str, values: dict[str, str]) -> str:
    return f"header {matcher}{{\n" + _lines(values, '\t{} "{}"\n') + "}\n"


def _lines(values: dict[str, str], line: str) -> str:
    return "".join(line.format(name, value) for name, value in values.items())


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
