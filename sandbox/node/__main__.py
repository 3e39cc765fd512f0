"""Command line of the node: ``python -m sandbox.node``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from sandbox.node.node import run
from sandbox.node.settings import Settings
from toolchain import cache
from toolchain.errors import Problem


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run; return the exit code."""
    os.umask(0o077)
    try:
        run(parse(arguments))
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return int(problem.exit_code)
    return 0


def parse(arguments: list[str] | None) -> Settings:
    """Settings from the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.node", description="Runs pods as processes.")
    for name in ("kubeconfig", "binder-kubeconfig", "provisioner-kubeconfig", "tls-cert", "tls-key", "client-ca"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True, help="the sandbox's folder")
    parser.add_argument("--checkout", type=Path, default=Path(), help="the repository; the working directory")
    parser.add_argument("--listen-port", type=int, required=True)
    parser.add_argument("--uv", type=Path, default=None, help="the uv program; else beside python, else on PATH")
    parser.add_argument("--runtime", choices=("auto", "bwrap", "plain"), default="auto")
    parser.add_argument("--backoff-seconds", type=float, default=Settings.backoff_seconds)
    given = parser.parse_args(arguments)
    return Settings(
        kubeconfig=given.kubeconfig,
        binder_kubeconfig=given.binder_kubeconfig,
        provisioner_kubeconfig=given.provisioner_kubeconfig,
        root=given.root.resolve(),
        checkout=given.checkout.resolve(),
        listen_port=given.listen_port,
        tls_cert=given.tls_cert,
        tls_key=given.tls_key,
        client_ca=given.client_ca,
        uv=given.uv or _find_uv(),
        runtime=given.runtime,
        backoff_seconds=given.backoff_seconds,
    )


def _find_uv() -> Path | None:
    """Beside this interpreter, on PATH, or where `make up` keeps its own."""
    beside = Path(sys.executable).with_name("uv")
    if beside.is_file():
        return beside
    found = shutil.which("uv")
    if found:
        return Path(found)
    return next(iter(sorted(cache.root().glob("uv-*/bin/uv"), reverse=True)), None)


if __name__ == "__main__":
    sys.exit(main())
