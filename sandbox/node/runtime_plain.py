"""Containers as plain processes: what is done where bubblewrap does not work."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.node import minder
from sandbox.node.process import Process, private_file
from sandbox.node.runtime import Mount, StartError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sandbox.node.runtime import Launch

#: What processes in containers start with; the node's own is stricter.
_UMASK = 0o022


class Plain:
    """Runs each container as an ordinary process of the node's own user.

    Paths below a mount are rewritten to where the volume really is, in the command, its arguments and in environment
    values that are not secret. Nothing else is kept apart: the process sees the machine's files, mounts are not
    read-only, and user numbers do not change. The environment is still the container's alone.
    """

    name = "plain"
    isolation = (
        "bubblewrap is not there or does not work: containers are plain processes of the node's own user; "
        "they see this machine's files, read-only mounts are not enforced, paths of mounts are rewritten"
    )

    def caveat(self, launch: Launch) -> str:
        """Everything a pod may rely on that a plain process does not give."""
        lost = ["file isolation", "read-only mounts"]
        if launch.read_only_root:
            lost.append("readOnlyRootFilesystem")
        if launch.identity.uid != os.getuid():
            lost.append(f"user {launch.identity.uid} (runs as {os.getuid()})")
        return f"no bubblewrap: runs as a plain process without {', '.join(lost)}"

    def start(self, launch: Launch, output: int) -> Process:
        """Start a container under a minder, which kills it when the node dies.

        Raises:
            StartError: the minder could not be started.
        """
        translate = translator(_mounts(launch))
        folder = translate(launch.folder)
        spec = {
            "command": [translate(word) for word in launch.command],
            "env": {
                key: value if key in launch.secret else translate(value)
                for key, value in ({"TMPDIR": str(launch.temporary)} | dict(launch.env)).items()
            },
            "folder": folder if Path(folder).is_dir() else str(launch.temporary),
        }
        described = private_file(json.dumps(spec).encode())
        reader, writer = os.pipe()
        lifeline_end, lifeline = os.pipe()
        try:
            process = subprocess.Popen(  # noqa: S603 - our own script; the command in it is the pod's
                [sys.executable, "-I", "-S", minder.__file__, str(described), str(writer)],
                stdin=lifeline_end,
                stdout=output,
                stderr=output,
                env={},
                cwd="/",
                pass_fds=(described, writer),
                start_new_session=True,
                umask=_UMASK,
            )
        except (OSError, ValueError) as error:
            os.close(reader)
            os.close(lifeline)
            raise StartError(f"cannot start a process: {error}") from error
        finally:
            for descriptor in (described, writer, lifeline_end):
                os.close(descriptor)
        return Process(process, reader, lifeline)


def translator(mounts: Iterable[Mount]) -> Callable[[str], str]:
    """A function that rewrites each path at or below a mount to where it really is, the deepest mount first.

    A path counts where it begins a word or follows a sign such as ``=``, ``:`` or ``/``: so ``--db=/data/x`` and
    ``file:///data/x`` change, ``/database`` and ``/var/data`` do not.
    """
    places = {mount.target.rstrip("/"): str(mount.source) for mount in mounts if mount.target.rstrip("/")}
    if not places:
        return lambda text: text
    longest = sorted(places, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.\-])({'|'.join(re.escape(target) for target in longest)})(?=/|$|[^\w.\-])")
    return lambda text: pattern.sub(lambda match: places[match.group(1)], text)


def _mounts(launch: Launch) -> list[Mount]:
    own = [Mount(launch.image.environment, launch.image.home), Mount(launch.message_file, launch.message_path)]
    return [*own, *launch.mounts]
