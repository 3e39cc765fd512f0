"""The language host as a process, spoken to as the engine would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import grpc
import psutil
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from toolchain.langhost import layout, service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LIMIT: Final = 30.0
_EXECUTOR = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "config": os.environ["PULUMI_CONFIG"],
                  "secret": os.environ["PULUMI_CONFIG_SECRET_KEYS"], "cwd": os.getcwd()}), flush=True)
sys.exit(int(os.environ.get("FAKE_EXIT", "0")))
"""

_UV = """#!/bin/sh
echo "uv $*"
grep -q sound uv.lock
"""


@dataclass(frozen=True)
class Host:
    """A running host and a client of it."""

    process: subprocess.Popen[str]
    client: language_pb2_grpc.LanguageRuntimeStub
    folder: Path

    def program(self, script: str) -> language_pb2.ProgramInfo:
        """A program made of ``script``."""
        folder = self.folder / "program"
        folder.mkdir(exist_ok=True)
        (folder / "__main__.py").write_text(textwrap.dedent(script))
        return language_pb2.ProgramInfo(root_directory=str(folder), program_directory=str(folder), entry_point=".")

    def wait_for(self, name: str) -> str:
        """The content of a file that a program writes."""
        path = self.folder / "program" / name
        deadline = time.monotonic() + _LIMIT
        while not (path.exists() and path.read_text().endswith("\n")):
            assert time.monotonic() < deadline, f"{path} did not appear"
            time.sleep(0.02)
        return path.read_text().strip()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host started by the shim that lies beside pulumi."""
    sdk = tmp_path / "sdk" / "python"
    for part, content in (("cmd/pulumi-language-python-exec", _EXECUTOR), ("dist/pulumi-resource-pulumi-python", "")):
        (sdk / part).parent.mkdir(parents=True)
        (sdk / part).write_text(content)
    layout.lay_out(sdk.parent, tmp_path)
    uv = tmp_path / "uv"
    uv.write_text(_UV)
    uv.chmod(0o755)
    environment = {**os.environ, "GROUNDWORK_PYTHON": sys.executable, "FAKE_EXIT": "0", "UV": str(uv)}
    with subprocess.Popen(
        [tmp_path / "pulumi-language-python", "-root=/", "127.0.0.1:9"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=tmp_path,
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield Host(process, language_pb2_grpc.LanguageRuntimeStub(channel), tmp_path)
        process.kill()


def _plugin(host: Host, script: str) -> Iterator[language_pb2.RunPluginResponse]:
    info = host.program(script)
    request = language_pb2.RunPluginRequest(info=info, pwd=info.program_directory, args=["one"], env=["WORD=hello"])
    return host.client.RunPlugin(request, timeout=_LIMIT)


def test_an_interrupt_ends_it_quietly(host: Host) -> None:
    """SIGINT is no error and no traceback."""
    host.process.send_signal(signal.SIGINT)
    _output, errors = host.process.communicate(timeout=_LIMIT)
    assert (0, "") == (host.process.returncode, errors)


def test_a_storm_of_signals_ends_it_too(host: Host) -> None:
    """A signal that comes while another one is being handled does not hold it up."""
    for _turn in range(200):
        for number in (signal.SIGINT, signal.SIGTERM):
            host.process.send_signal(number)
    _output, errors = host.process.communicate(timeout=_LIMIT)
    assert (0, "") == (host.process.returncode, errors)


def test_a_program_gets_its_config_and_the_engines_addresses(host: Host) -> None:
    """Configuration comes by the environment, never by arguments; addresses and names by flags."""
    request = language_pb2.RunRequest(
        project="trial",
        stack="dev",
        pwd=str(host.folder),
        config={"trial:word": "open-sesame"},
        configSecretKeys=["trial:word"],
        dryRun=True,
        parallel=4,
        monitor_address="127.0.0.1:7",
        organization="organization",
        info=host.program(""),
        args=["extra"],
    )
    host.client.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="127.0.0.1:8"), timeout=_LIMIT)
    response = host.client.Run(request, timeout=_LIMIT)
    assert host.process.stdout is not None
    told = json.loads(host.process.stdout.readline())
    flags = dict(zip(told["arguments"][:-2:2], told["arguments"][1:-2:2], strict=True))
    assert ("", False) == (response.error, response.bail)
    assert ('{"trial:word": "open-sesame"}', '["trial:word"]') == (told["config"], told["secret"])
    assert "open-sesame" not in str(told["arguments"])
    assert [".", "extra"] == told["arguments"][-2:]
    assert {
        "--monitor": "127.0.0.1:7",
        "--engine": "127.0.0.1:8",
        "--project": "trial",
        "--root_directory": str(host.folder / "program"),
        "--stack": "dev",
        "--pwd": str(host.folder),
        "--dry_run": "true",
        "--parallel": "4",
        "--organization": "organization",
    } == flags


def test_a_plugins_streams_arrive_in_full_before_its_exit_code(host: Host) -> None:
    """Both streams are passed on to their last byte, and the exit code comes last."""
    script = """
        import os, sys
        sys.stdout.write("o" * 100_000)
        sys.stderr.write(os.environ["WORD"] + sys.argv[1])
        sys.exit(3)
    """
    pieces = list(_plugin(host, script))
    streams = {kind: b"".join(getattr(piece, kind) for piece in pieces) for kind in ("stdout", "stderr")}
    assert (100_000, b"helloone", 3) == (len(streams["stdout"]), streams["stderr"], pieces[-1].exitcode)


def test_a_cancelled_plugin_is_ended_with_its_children(host: Host) -> None:
    """When the engine lets go of a plugin, neither it nor what it started runs on."""
    script = """
        import subprocess, time, pathlib
        child = subprocess.Popen(["sleep", "64"])
        pathlib.Path("child").write_text(f"{child.pid}\\n")
        time.sleep(64)
    """
    stream = _plugin(host, script)
    child = int(host.wait_for("child"))
    parent = psutil.Process(child).ppid()
    stream.cancel()  # type: ignore[attr-defined] # the stream is a call as well
    _gone, alive = psutil.wait_procs([psutil.Process(pid) for pid in (child, parent) if psutil.pid_exists(pid)], _LIMIT)
    assert [] == alive


def test_an_interrupt_ends_what_runs(host: Host) -> None:
    """The host takes its plugins along."""
    stream = _plugin(host, "import os, time\nopen('self', 'w').write(f'{os.getpid()}\\n')\ntime.sleep(65)\n")
    plugin = psutil.Process(int(host.wait_for("self")))
    host.process.send_signal(signal.SIGINT)
    host.process.wait(_LIMIT)
    _gone, alive = psutil.wait_procs([plugin], _LIMIT)
    assert [] == alive, stream


def test_cancel_ends_what_runs(host: Host) -> None:
    """The engine's own request ends a plugin, and the host stays."""
    stream = _plugin(host, "import os, time\nopen('self', 'w').write(f'{os.getpid()}\\n')\ntime.sleep(66)\n")
    host.wait_for("self")
    host.client.Cancel(Empty(), timeout=_LIMIT)
    codes = [piece.exitcode for piece in stream]
    assert ([-signal.SIGTERM], None) == (codes, host.process.poll())


def test_the_host_tells_the_sdks_version(host: Host) -> None:
    """The engine learns which SDK the host speaks for."""
    assert host.client.GetPluginInfo(Empty(), timeout=_LIMIT).version == "3.255.0"


def test_nothing_is_required_and_nothing_asked(host: Host) -> None:
    """Plugins are resolved when they are needed, and new projects need no answers."""
    info = host.program("")
    packages = host.client.GetRequiredPackages(language_pb2.GetRequiredPackagesRequest(info=info), timeout=_LIMIT)
    plugins = host.client.GetRequiredPlugins(language_pb2.GetRequiredPluginsRequest(info=info), timeout=_LIMIT)
    prompts = host.client.RuntimeOptionsPrompts(language_pb2.RuntimeOptionsRequest(info=info), timeout=_LIMIT)
    assert ([], [], []) == (list(packages.packages), list(plugins.plugins), list(prompts.prompts))


def test_a_project_without_a_lock_file_has_nothing_to_install(host: Host) -> None:
    """Installing is for projects that are locked."""
    request = language_pb2.InstallDependenciesRequest(info=host.program(""))
    assert [] == list(host.client.InstallDependencies(request, timeout=_LIMIT))


def test_a_locked_project_is_installed_as_locked(host: Host) -> None:
    """The lock file decides, and what uv prints is passed on."""
    info = host.program("")
    (host.folder / "program" / "uv.lock").write_text("sound")
    stream = host.client.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info), timeout=_LIMIT)
    assert b"uv sync --frozen\n" == b"".join(piece.stdout for piece in stream)


def test_a_failed_installation_is_an_error(host: Host) -> None:
    """The engine hears that what the project needs could not be installed."""
    info = host.program("")
    (host.folder / "program" / "uv.lock").write_text("broken")
    stream = host.client.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info), timeout=_LIMIT)
    with pytest.raises(grpc.RpcError, match="`uv sync --frozen` ended with 1"):
        list(stream)


def test_direct_dependencies_leave_out_what_others_require(host: Host) -> None:
    """The short list has Groundwork and lacks a package that only others need."""
    lists = []
    for transitive in (True, False):
        request = language_pb2.GetProgramDependenciesRequest(info=host.program(""), transitiveDependencies=transitive)
        listed = host.client.GetProgramDependencies(request, timeout=_LIMIT).dependencies
        lists.append({item.name for item in listed} & {"groundwork", "grpcio"})
    assert [{"groundwork", "grpcio"}, {"groundwork"}] == lists


def test_the_whole_sdk_is_not_started_for_the_protocol() -> None:
    """The host loads the messages alone: the SDK's own start-up would cost each run 0.4 s."""
    code = "import sys; import toolchain.langhost.host; print('pulumi.output' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_host_without_its_executor_says_so(tmp_path: Path) -> None:
    """A shim torn from its folder is told, in one line."""
    command = [sys.executable, "-m", "toolchain.langhost", f"--executor={tmp_path}/gone", "127.0.0.1:9"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (1, True) == (done.returncode, done.stderr.startswith("--executor=FILE must name")), done.stderr


@pytest.mark.parametrize(
    ("code", "bail", "error"),
    [
        (0, False, ""),
        (32, True, ""),
        (1, False, "the program ended with exit code 1"),
        (-9, False, "the program was ended by SIGKILL"),
    ],
)
def test_an_exit_code_has_one_meaning(code: int, bail: bool, error: str) -> None:  # noqa: FBT001 - a table's column
    """32 says that the user has been told; any other failure is told by the engine."""
    response = service.outcome(code)
    assert (bail, error) == (response.bail, response.error)
