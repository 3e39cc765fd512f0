"""``python -m sandbox.aws``: moto's server on loopback, for the supervisor."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server

from sandbox.aws.application import Application
from sandbox.aws.snapshot import Snapshot, UnreadableError
from sandbox.connections import ObjectStoreKeys
from sandbox.loopback import LOOPBACK

if TYPE_CHECKING:
    from types import FrameType


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.aws", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="file that keeps what moto holds")
    parser.add_argument("--keys", type=Path, required=True, help="file with the sandbox's key pair")
    arguments = parser.parse_args()
    log = structlog.get_logger()
    # One line a request is no news; warnings and errors are.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    keys = ObjectStoreKeys.model_validate_json(arguments.keys.read_bytes())
    snapshot = Snapshot(arguments.state)
    try:
        log.info("aws.state", restored=snapshot.load())
    except UnreadableError as error:
        aside = arguments.state.with_suffix(".unreadable")
        arguments.state.rename(aside)
        log.warning("aws.state.lost", reason=str(error), kept=str(aside), fix="`make up` declares everything again")
    application = Application(keys.access_key_id, snapshot)
    server = make_server(LOOPBACK, arguments.port, application, threaded=True, request_handler=MotoRequestHandler)
    signal.signal(signal.SIGTERM, _stop)
    server.serve_forever()


def _stop(_number: int, _frame: FrameType | None) -> None:
    # Each change has been saved before it was answered: nothing is left to do.
    sys.exit(0)


if __name__ == "__main__":
    main()
