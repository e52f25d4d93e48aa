"""Caddy and nginx in front of our own application (step 3): the header record in, the drop's lines out.

A body is handed on only when it is whole, so who sends half of one holds a place there and none at
the drop. It is kept in memory, and nothing is written about who sent it.
"""

from overrides.frame.headers import Headers

_APP = "127.0.0.1:8000"
_OBJECT = "16k"  # WIRE.md section 2: 16,384 bytes, whatever was written
_SECONDS = "10s"
_KEPT = "no-store"  # of an answer of the drop, also where the server in front gives it itself


def caddy_drop(headers: Headers) -> str:
    """A snippet to import in a Caddy site block that imports `Caddyfile` too, for Caddy 2.7 or newer."""
    hidden = "".join(f"\t\theader_down -{name}\n" for name in headers.default)
    return f"""# Needs Caddy 2.7. In the global options belongs, with line breaks for semicolons:
# servers {{ timeouts {{ read_header {_SECONDS}; read_body {_SECONDS} }} }}
# log default {{ exclude http.log.error }}, for each 502 writes address, path and user agent there.
handle /drop {{
\theader Cache-Control {_KEPT}
\trequest_body {{
\t\tmax_size 16KiB
\t}}
\treverse_proxy {_APP} {{
\t\trequest_buffers 16KiB
{hidden}\t}}
}}
"""


def nginx_drop(headers: Headers) -> str:
    """A location for a server block that includes `nginx-server.conf` too.

    A location that adds one header loses those of its server block, so this one says all of them.
    """
    said = {**headers.default, "Cache-Control": _KEPT}
    lines = [
        f"client_max_body_size {_OBJECT};",
        f"client_body_buffer_size {_OBJECT};",
        f"client_body_timeout {_SECONDS};",
        "access_log off;",
        "error_log /dev/null;",  # each of its lines names an address
        "proxy_request_buffering on;",
        *(f"proxy_hide_header {name};" for name in said),
        *(f'add_header {name} "{value}" always;' for name, value in said.items()),
        f"proxy_pass http://{_APP};",
    ]
    return "location = /drop {\n" + "".join(f"    {line}\n" for line in lines) + "}\n"
