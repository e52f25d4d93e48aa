"""Starts the app of steps 1, 3 and 9: `python -m functions --site DIR --keys FILE --store STORE`.

Names of files and of a store come in; a server on one address, or on the socket that systemd opened,
goes out, or with `probe STORE` a sentence about that store, with `probe --server ADDRESS` a line for
each thing that an S3 server must do. The only place of this room that reads the command line and the
environment. While it runs it says only, on standard error, what is wrong with its files or store.
"""

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn

from functions import probe
from functions.app import create_app
from functions.errors import SetupError, StoreError
from functions.line import ImpatientProtocol, allow_many
from functions.reread import tell
from functions.store import ProbedStore
from functions.store_files import FileStore

# Everything that any library wants to say goes nowhere: a line about a request would be a record
# of a person. The handler on the root catches what would otherwise reach standard error.
_SILENCE: dict[str, Any] = {  # Any: the form that logging.config asks for
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nowhere"], "level": "CRITICAL"},
}

_SETTINGS = "look at AWS_PROFILE, AWS_REGION and the files in ~/.aws"
_WHERE = f"give files: and a folder, or s3: and a bucket; for s3: {_SETTINGS}"
_FIRST_FD = 3  # SD_LISTEN_FDS_START in sd_listen_fds(3)


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT. Exits with one line on standard error if it cannot start."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["probe"]:
        _probe(given[1:])
        return
    args = _parser().parse_args(given)
    try:
        store = probe.Proven(_store(args.store), tell)
        app = create_app(args.site, args.keys, store, board=args.board)
        listener = _listener(args.host, args.port)
    except StoreError as error:
        sys.exit(f"functions: {error}\nhint: {probe.HINT}")
    except (SetupError, OSError) as error:
        sys.exit(f"functions: {error}\nhint: check --site, --keys, --store, --board and --port")
    allow_many()
    config = uvicorn.Config(
        app,
        http=ImpatientProtocol,
        loop="uvloop",
        ws="none",
        lifespan="off",
        log_config=_SILENCE,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=12,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    """Return the socket to serve on: the one that systemd opened for this process, else a new one.

    systemd says so in `LISTEN_PID` and `LISTEN_FDS` (sd_listen_fds(3)); a process behind such a
    socket needs no network of its own. Raises `OSError`.
    """
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return socket.create_server((host, port), backlog=2048)
    if os.environ.get("LISTEN_FDS") != "1":
        sys.exit(
            "functions: systemd hands over more than one socket, or none\n"
            "hint: give the unit of the socket one line ListenStream="
        )
    return socket.socket(fileno=_FIRST_FD)


def _probe(arguments: list[str]) -> None:
    """Say whether a store does what a put needs; exits with 1 if it does not, or is not known to."""
    parser = argparse.ArgumentParser(prog="functions probe", description="prove a store")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("store", nargs="?", help="files:DIR or s3:BUCKET")
    which.add_argument("--server", metavar="ADDRESS", help="an S3 server as a whole, or aws")
    given = parser.parse_args(arguments)
    if given.server:
        _probe_server(given.server)
        return
    try:
        is_gone = probe.prove(_store(given.store))
    except StoreError as error:
        sys.exit(f"functions: {error}\nhint: {probe.HINT}")
    except (SetupError, OSError) as error:
        sys.exit(f"functions: {error}\nhint: {_WHERE}")
    tell("the store refuses to write one name twice, as it must")
    tell(probe.GONE if is_gone else probe.STAYS)


def _probe_server(address: str) -> None:
    """Say a line for each check; exits with 1 if the drop or the board cannot use the server."""
    # Imported here: it takes most of a second, and nobody else needs it.
    from functions import probe_server

    region = os.environ.get("AWS_REGION")
    endpoint = None if address == "aws" else address
    found = []
    try:
        for row in probe_server.rows(endpoint, region):
            said = f"no: {row.lacks}" if row.lacks else "yes"
            tell(f"{row.use:<8} {row.asked:<40} {said}")
            found.append(row)
    except SetupError as error:
        sys.exit(f"functions: {error}\nhint: give aws or http:// and a host; {_SETTINGS}")
    lacking = {row.use for row in found if row.lacks}
    if lacking & {probe_server.DROP, probe_server.BOARD}:
        sys.exit(f"functions: this server cannot be used\nhint: {probe.HINT}")
    if lacking:
        tell("it can be used, but not to keep: take away by yourself what is older than 45 days")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="functions", description="serve the site and the drop")
    parser.add_argument("--site", type=Path, required=True, help="folder with the built site")
    parser.add_argument("--keys", type=Path, required=True, help="the key list file")
    parser.add_argument("--store", required=True, help="files:DIR or s3:BUCKET")
    parser.add_argument("--board", type=Path, help="folder with board.bin, else that of the site")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    return parser


def _store(text: str) -> ProbedStore:
    kind, _, place = text.partition(":")
    if kind == "files" and place:
        return FileStore(Path(place))
    if kind == "s3" and place:
        # Imported here: it takes most of a second, and a file store needs none of it.
        from functions.store_s3 import from_environment

        return from_environment(place)
    raise SetupError("a store is files:DIR or s3:BUCKET")


if __name__ == "__main__":
    main()
