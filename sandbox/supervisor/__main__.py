"""``python -m sandbox.supervisor``: started by `sandbox.sandbox.Sandbox`, detached from whoever started it."""

from __future__ import annotations

import argparse
import os
import sys


def main() -> None:
    """Detach, take the lock, run the services until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.supervisor", description=__doc__)
    parser.add_argument("--root", required=True, help="the sandbox's folder")
    parser.add_argument("--checkout", required=True, help="the repository")
    parser.add_argument("--run", required=True, help="random name of this run")
    parser.add_argument("--binary", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="a service to leave out")
    arguments = parser.parse_args()
    # Before anything else is imported: a copy of a process without threads, whose first half ends at once.
    if copy := os.fork():
        sys.stdout.write(f"{copy}\n")
        sys.stdout.flush()
        os._exit(0)
    os.setsid()
    # Who started it waits for the end of this pipe.
    os.dup2(2, 1)

    from sandbox.supervisor import entry  # noqa: PLC0415 - see above

    binaries = dict(item.split("=", 1) for item in arguments.binary)
    sys.exit(entry.supervise(arguments.root, arguments.checkout, arguments.run, binaries, frozenset(arguments.without)))


if __name__ == "__main__":
    main()
