"""A cache of its own for each test, and a ``go`` that stands for a slow compiler."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

GO = """#!/bin/sh
# Stands for Go: answers what the build asks, and "compiles" scripts that print a version.
echo "$@" >> "$FAKE_GO_LOG"
case "$1 $2" in
  "env GOVERSION") echo "go${FAKE_GO_VERSION:-1.26.9}" ;;
  "env GOMODCACHE") echo "$FAKE_GO_HOME/modules"; echo "$FAKE_GO_HOME/compiled" ;;
  "list -deps")
    [ -z "$FAKE_GO_NO_NETWORK" ] || { echo "go: dial tcp: lookup proxy.golang.org: no such host" >&2; exit 1; }
    echo "go: downloading example.com/one v1.0.0" >&2
    printf 'fmt\\nos\\nmain\\n' ;;
  "list -m") echo "$FAKE_GO_HOME/sdk" ;;
  "build "*)
    env > "$FAKE_GO_HOME/environment"
    touch "$FAKE_GO_HOME/building"
    sleep "${FAKE_GO_SECONDS:-0}"
    [ -z "$FAKE_GO_FAILS" ] || { echo "$FAKE_GO_FAILS" >&2; exit 1; }
    printf 'fmt\\nos\\n' >&2
    while [ "$1" != "-o" ]; do shift; done
    out="$2"; shift 2
    for package in "$@"; do
      name="${package##*/}"; [ "$name" != "." ] || name=etcd
      printf '#!/bin/sh\\necho "%s v%s"\\n' "$name" "${FAKE_TOOL_VERSION:-3.7.3}" > "$out$name"
      chmod +x "$out$name"
    done ;;
  *) exit 2 ;;
esac
"""


@dataclass(frozen=True)
class Workbench:
    """A machine of its own: a PATH with only the system's folders and ``bin``, a cache, a stand-in for Go.

    Attributes:
        cache: the folder that ``GROUNDWORK_CACHE`` names.
        bin: the first folder of PATH.
        go_home: where the stand-in for Go leaves its marks: ``log``, ``building``, ``environment``.
    """

    cache: Path
    bin: Path
    go_home: Path

    def builds(self) -> int:
        """How many times ``go build`` was run."""
        return sum(line.startswith("build ") for line in self.log())

    def log(self) -> list[str]:
        """The arguments of each run of ``go``, a line each."""
        path = self.go_home / "log"
        return path.read_text().splitlines() if path.exists() else []

    def put(self, name: str, script: str, folder: Path | None = None) -> Path:
        """An executable shell script on PATH."""
        place = folder or self.bin
        place.mkdir(parents=True, exist_ok=True)
        path = place / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """A workbench without Go."""
    made = Workbench(cache=tmp_path / "cache", bin=tmp_path / "bin", go_home=tmp_path / "go")
    for folder in (made.bin, made.go_home / "sdk" / "python" / "cmd", made.go_home / "sdk" / "python" / "dist"):
        folder.mkdir(parents=True)
    sdk = made.go_home / "sdk" / "python"
    (sdk / "cmd" / "pulumi-language-python-exec").write_text("exec")
    (sdk / "dist" / "pulumi-resource-pulumi-python").write_text("dynamic")
    monkeypatch.setenv("GROUNDWORK_CACHE", str(made.cache))
    monkeypatch.setenv("PATH", os.pathsep.join((str(made.bin), "/usr/bin", "/bin")))
    monkeypatch.setenv("FAKE_GO_LOG", str(made.go_home / "log"))
    monkeypatch.setenv("FAKE_GO_HOME", str(made.go_home))
    monkeypatch.delenv("UV", raising=False)
    return made


@pytest.fixture
def go(bench: Workbench) -> Workbench:
    """A workbench with the stand-in for Go on PATH."""
    path = bench.bin / "go"
    path.write_text(GO)
    path.chmod(0o755)
    return bench


@pytest.fixture
def provider_script() -> list[str]:
    """The command of another process that provides etcd and prints what it got."""
    code = (
        "from toolchain.provide import provide; from toolchain.tools import Tool; print(provide([Tool.ETCD])['etcd'])"
    )
    return [sys.executable, "-c", code]
