"""What the commands of MkDocs do when somebody types them (step 1): `serve` previews, the others refuse.

A site that MkDocs published by itself would carry a form sealed to a practice key. MkDocs builds one empty
page here; what is served is the work of `preview`.
"""

import ipaddress
import socket
import sys
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

if sys.version_info < (3, 11):  # noqa: UP036 - this mkdocs may be of another Python than ours
    raise SystemExit("this is Python 3.%d, and 3.11 or newer is needed" % sys.version_info[1])  # noqa: UP031
sys.path.insert(0, str(Path(__file__).parents[2]))  # `mkdocs`, unlike `python -m mkdocs`, has not

from overrides.hooks.preview import Preview

_shown: list[Preview] = []  # MkDocs calls functions, and gives them nothing of ours to keep


def on_startup(command: str, dirty: bool) -> None:
    """Refuse every command but `serve`."""
    if command != "serve":
        raise Abort(
            f"mkdocs {command} does not build this site: its form would seal to a practice key\n"
            "hint: type make site to build for practice, and make release for the real site; "
            "mkdocs serve, without --clean, shows what you write"
        )


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """For this machine only; one empty page in the first language is all that MkDocs builds."""
    host, port = config.dev_addr
    if not _is_loopback(host):
        raise Abort(f"a preview is for this machine only, and {host} is not\nhint: leave -a away")
    if not _shown and _is_taken(host, port):
        hint = f"stop it, or type: mkdocs serve -a {host}:{port + 1}"
        raise Abort(f"another program listens on port {port} of this machine\nhint: {hint}")
    for one in config.plugins["i18n"].config.languages:
        one.build = one.default
    config.nav = ["index.md"]
    return config


@event_priority(-200)  # behind the plugin
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Nothing of docs/: MkDocs finds an empty page."""
    return Files([File.generated(config, "index.md", content="")])


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """A template without words, so that nothing is written."""
    config.theme.static_templates = set()
    return jinja2.Environment(loader=jinja2.DictLoader({"main.html": ""}), autoescape=True)


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the folder that is going to be served."""
    _shown.append(Preview(Path(config.site_dir)))
    _shown[0].build()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """From now on a change is for the preview."""
    server.builder = _shown[0].build
    server.watch(str(_shown[0].beat))
    return server


def on_shutdown() -> None:
    """Leave nothing behind."""
    for one in _shown:
        one.close()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return True
    return False
