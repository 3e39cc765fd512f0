"""The command line that each fake's service has: ``--port N --state FILE --token FILE``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.fake.serving import serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.fake.application import Application


def run(make: Callable[[str, Path], Application]) -> None:
    """Serve the application that is made from the token and the state's file, until SIGTERM.

    Raises:
        OSError: a file cannot be read, or the port is taken.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="file that keeps the state, mode 0600")
    parser.add_argument("--token", type=Path, required=True, help="file with the bearer token of callers, mode 0600")
    arguments = parser.parse_args()
    serve(make(arguments.token.read_text().strip(), arguments.state), arguments.port)
