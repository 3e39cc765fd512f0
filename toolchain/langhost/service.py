# ruff: noqa: N802 - the methods bear the names of the protocol
"""What the engine may ask of the language host, method by method.

The methods' names, messages and meanings are those of ``proto/pulumi/language.proto`` of Pulumi 3.255.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Final

import grpc

from toolchain.langhost import interpreter
from toolchain.langhost.children import Children, end
from toolchain.langhost.protocol import language_pb2, language_pb2_grpc, plugin_pb2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from google.protobuf.empty_pb2 import Empty

_TOLD_THE_USER: Final = 32
"""Exit code of ``pulumi-language-python-exec`` once it has reported the failure itself."""
_ASK_LIMIT: Final = 60.0
_CHUNK: Final = 65536
_INSTALLED: Final = Path(__file__).with_name("installed.py")


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """The Python language runtime.

    Args:
        engine: address of the engine, for the program to log to.
        executor: path of ``pulumi-language-python-exec``.
        children: where programs and plugins are started.
    """

    def __init__(self, engine: str, executor: Path, children: Children) -> None:
        self._engine = engine
        self._executor = executor
        self._children = children

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Take the engine's address."""
        del context
        self._engine = request.engine_address or self._engine
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Tell the version of the SDK that this host speaks for."""
        del request, context
        from importlib.metadata import version  # noqa: PLC0415 - asked for rarely; 20 ms at each start otherwise

        return plugin_pb2.PluginInfo(version=version("pulumi"))

    def GetRequiredPlugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        """None: plugins are resolved when a resource asks for them, from what is installed."""
        del request, context
        return language_pb2.GetRequiredPluginsResponse()

    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """None, as `GetRequiredPlugins`."""
        del request, context
        return language_pb2.GetRequiredPackagesResponse()

    def RuntimeOptionsPrompts(
        self, request: language_pb2.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> language_pb2.RuntimeOptionsResponse:
        """No questions to ask when a project is made."""
        del request, context
        return language_pb2.RuntimeOptionsResponse()

    def Template(
        self, request: language_pb2.TemplateRequest, context: grpc.ServicerContext
    ) -> language_pb2.TemplateResponse:
        """Nothing to do to a project made from a template."""
        del request, context
        return language_pb2.TemplateResponse()

    def About(self, request: language_pb2.AboutRequest, context: grpc.ServicerContext) -> language_pb2.AboutResponse:
        """Tell the project's Python and its version."""
        python = _interpreter(request.info, context)
        version = _ask(python, ("-c", "import platform; print(platform.python_version())"), context).strip()
        return language_pb2.AboutResponse(executable=str(python.executable), version=version)

    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """List the distributions in the project's environment."""
        python = _interpreter(request.info, context)
        wanted = () if request.transitiveDependencies else ("--direct",)
        listed = json.loads(_ask(python, ("-I", str(_INSTALLED), *wanted), context))
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=[language_pb2.DependencyInfo(name=name, version=version) for name, version in listed]
        )

    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Run ``uv sync --frozen`` where the project has a lock file; else there is nothing to install."""
        folder = Path(request.info.root_directory or request.directory)
        if not (folder / "uv.lock").exists():
            return
        from toolchain.golang import uv  # noqa: PLC0415 - the rest of the toolchain is not loaded to run programs

        command = [str(uv() or "uv"), "sync", "--frozen"]
        for kind, value in self._stream(command, folder, dict(os.environ), context):
            if kind == "exitcode":
                if value != 0:
                    context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"`uv sync --frozen` ended with {value!r}")
            elif isinstance(value, bytes):
                yield language_pb2.InstallDependenciesResponse(**{kind: value})

    def Run(self, request: language_pb2.RunRequest, context: grpc.ServicerContext) -> language_pb2.RunResponse:
        """Run a program to its end; its output goes to the engine by this host's own streams."""
        if request.attach_debugger:
            return language_pb2.RunResponse(error="this language host attaches no debugger; use the vendor's")
        try:
            python = interpreter.choose(Path(request.info.root_directory), _options(request.info))
        except interpreter.NoInterpreterError as error:
            return language_pb2.RunResponse(error=str(error))
        variables = python.variables() | {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        arguments = [str(python.executable), "-u", str(self._executor), *self._flags(request)]
        try:
            with self._children.started(
                [*arguments, request.info.entry_point or ".", *request.args],
                folder=Path(request.info.program_directory or request.pwd),
                variables=variables,
                piped=False,
            ) as process:
                context.add_callback(lambda: end(process))
                code = process.wait()  # bounded by the engine: it cancels, and the callback ends the process
        except OSError as error:
            return language_pb2.RunResponse(error=f"the program could not be started: {error}")
        return outcome(code)

    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        """Run a provider or a policy pack from its source, passing its output on, then its exit code."""
        python = _interpreter(request.info, context)
        folder = request.info.program_directory
        if request.kind == "analyzer":
            command = ["-m", "pulumi.policy", *request.args, folder]
        else:
            command = [str(Path(folder) / (request.info.entry_point or ".")), *request.args]
        given = dict(item.split("=", 1) for item in request.env if "=" in item)
        variables = python.variables() | {key: value for key, value in given.items() if key != "PATH"}
        for kind, value in self._stream(
            [str(python.executable), "-u", *command], Path(request.pwd or folder), variables, context
        ):
            yield language_pb2.RunPluginResponse(**{kind: value})  # type: ignore[arg-type] # one field of the union

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """End what runs."""
        del context
        self._children.cancel()
        return request

    def _flags(self, request: language_pb2.RunRequest) -> Iterator[str]:
        values = {
            "monitor": request.monitor_address,
            "engine": self._engine,
            "project": request.project,
            "root_directory": request.info.root_directory,
            "stack": request.stack,
            "pwd": request.pwd,
            "dry_run": "true" if request.dryRun else "",
            "parallel": str(request.parallel),
            "organization": request.organization,
        }
        for name, value in values.items():
            if value:
                yield f"--{name}"
                yield value

    def _stream(
        self, command: list[str], folder: Path, variables: Mapping[str, str], context: grpc.ServicerContext
    ) -> Iterator[tuple[str, bytes | int]]:
        """``("stdout", ...)`` and ``("stderr", ...)`` as they come, then ``("exitcode", ...)``."""
        try:
            with self._children.started(command, folder=folder, variables=variables, piped=True) as process:
                context.add_callback(lambda: end(process))
                queue: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
                for kind, stream in (("stdout", process.stdout), ("stderr", process.stderr)):
                    threading.Thread(target=_pump, args=(kind, stream, queue), daemon=True).start()
                ended = 0
                while ended < 2:  # both streams  # noqa: PLR2004 - as the comment says
                    kind, chunk = queue.get()
                    if chunk:
                        yield kind, chunk
                    else:
                        ended += 1
                yield "exitcode", process.wait()
        except OSError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"{command[0]} could not be started: {error}")


def outcome(code: int) -> language_pb2.RunResponse:
    """What a program's exit code means to the engine."""
    if code == 0:
        return language_pb2.RunResponse()
    if code == _TOLD_THE_USER:
        return language_pb2.RunResponse(bail=True)
    if code < 0:
        return language_pb2.RunResponse(error=f"the program was ended by {signal.Signals(-code).name}")
    return language_pb2.RunResponse(error=f"the program ended with exit code {code}")


def _pump(kind: str, stream: IO[bytes], queue: SimpleQueue[tuple[str, bytes]]) -> None:
    """Move a stream into the queue as it comes, with an empty piece at its end."""
    try:
        while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined] # Popen's pipes are BufferedReaders
            queue.put((kind, chunk))
    except (OSError, ValueError):
        pass  # closed under us: the process is being ended
    finally:
        queue.put((kind, b""))


def _options(info: language_pb2.ProgramInfo) -> dict[str, object]:
    return dict(info.options.items())


def _interpreter(info: language_pb2.ProgramInfo, context: grpc.ServicerContext) -> interpreter.Interpreter:
    try:
        return interpreter.choose(Path(info.root_directory), _options(info))
    except interpreter.NoInterpreterError as error:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))


def _ask(python: interpreter.Interpreter, arguments: tuple[str, ...], context: grpc.ServicerContext) -> str:
    try:
        return subprocess.run(  # noqa: S603 - the project's own Python, with a script of ours
            [python.executable, *arguments],
            capture_output=True,
            text=True,
            timeout=_ASK_LIMIT,
            check=True,
            env=python.variables(),
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"{python.executable}: {error}")
