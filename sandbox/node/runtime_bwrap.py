"""Containers by bubblewrap: namespaces of their own for files, processes and users; the machine's network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.node.process import Process, private_file
from sandbox.node.runtime import StartError

if TYPE_CHECKING:
    from sandbox.node.runtime import Launch

#: Top folders of a Linux system that hold programs and libraries.
_PROGRAMS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
#: Parts of /etc that programs need to reach a host, check a certificate, find a library and know the time zone.
_ETC = (
    "alternatives",
    "ca-certificates",
    "crypto-policies",
    "gai.conf",
    "host.conf",
    "hosts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "nsswitch.conf",
    "pki",
    "protocols",
    "resolv.conf",
    "services",
    "ssl",
)
_TRIAL_SECONDS = 20.0
_NAMESPACES = (
    "--unshare-user",
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--die-with-parent",
    "--new-session",
    "--as-pid-1",
    "--cap-drop",
    "ALL",
)

#: What processes in containers start with; the node's own is stricter.
_UMASK = 0o022


class Bubblewrap:
    """Runs each container in bubblewrap.

    A container sees the system's programs and libraries, its image and its volumes, and nothing else of this machine's
    files; the first three are read-only but for volumes. Inside it has the user number it asked for, which outside is
    the node's own user. It has no capabilities and gains none. Its first process has number 1, so it gets a SIGTERM
    only if it handles it, as in a real container. CPU limits are not enforced.
    """

    name = "bwrap"
    isolation = (
        "containers run in bubblewrap: own files, processes and users, no capabilities; network shared with the machine"
    )

    def __init__(self, program: Path) -> None:
        self._program = program

    def caveat(self, launch: Launch) -> str:  # noqa: ARG002 - part of `Runtime`
        """Nothing that a pod asks for is left out without its status saying so."""
        return ""

    def start(self, launch: Launch, output: int) -> Process:
        """Start a container; bwrap kills it when this thread or the node dies.

        Raises:
            StartError: bwrap itself could not be started, or would misread what the pod asks for.
        """
        try:
            words = _arguments(launch)
        except OSError as error:
            raise StartError(f"cannot prepare the container: {error}") from error
        # bwrap reads its arguments with a NUL after each: one inside a value would begin an argument of the pod's own.
        if any("\0" in word for word in words):
            raise StartError("a value of the environment or a path contains a NUL character")
        reader, writer = os.pipe()
        words += ["--json-status-fd", str(writer)]
        arguments = private_file(b"".join(os.fsencode(word) + b"\0" for word in words))
        try:
            process = subprocess.Popen(  # noqa: S603 - the sandbox itself; the command is the pod's
                [str(self._program), "--args", str(arguments), "--", *launch.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={},
                cwd="/",
                pass_fds=(arguments, writer),
                start_new_session=True,
                umask=_UMASK,
            )
        except (OSError, ValueError) as error:
            os.close(reader)
            raise StartError(f"bwrap: {error}") from error
        finally:
            os.close(arguments)
            os.close(writer)
        return Process(process, reader)


def find_bubblewrap() -> Bubblewrap | None:
    """Bubblewrap, if it is there and really works for this user: it is tried once."""
    found = shutil.which("bwrap")
    if found is None:
        return None
    trial = [found, *_NAMESPACES, "--uid", "1000", "--gid", "1000", *_system(), "--proc", "/proc", "--dev", "/dev"]
    try:
        done = subprocess.run(  # noqa: S603 - bwrap with arguments made here
            [*trial, "--remount-ro", "/", "--", "/bin/sh", "-c", ":"],
            capture_output=True,
            timeout=_TRIAL_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            env={},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Bubblewrap(Path(found)) if done.returncode == 0 else None


def _system() -> list[str]:
    """The machine's programs, libraries and the harmless parts of /etc, read-only."""
    words = ["--ro-bind", "/usr", "/usr"]
    for name in _PROGRAMS:
        path = Path("/") / name
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            words += ["--ro-bind", str(path), str(path)]
    words += ["--ro-bind-try", "/nix/store", "/nix/store"]
    for name in _ETC:
        words += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return words


def _arguments(launch: Launch) -> list[str]:
    image = launch.image
    words = [*_NAMESPACES, "--uid", str(launch.identity.uid), "--gid", str(launch.identity.gid)]
    words += ["--hostname", launch.hostname[:63], *_system()]
    words += ["--proc", "/proc", "--dev", "/dev"]
    words += ["--dir", "/tmp"] if launch.read_only_root else ["--bind", str(launch.temporary), "/tmp"]  # noqa: S108
    words += ["--dir", "/run", "--dir", launch.folder]
    for root in image.roots:
        if not root.is_relative_to("/usr"):
            words += ["--ro-bind", str(root), str(root)]
    for name, content in _users(launch).items():
        path = launch.scratch / name
        # Written once: a probe is started beside a container that has this very file mounted.
        if not path.exists():
            path.write_text(content)
        words += ["--ro-bind", str(path), f"/etc/{name}"]
    words += ["--ro-bind", str(image.environment), image.home]
    for mount in launch.mounts:
        words += ["--ro-bind" if mount.read_only else "--bind", str(mount.source), mount.target]
    words += ["--bind", str(launch.message_file), launch.message_path]
    if launch.read_only_root:
        words += ["--remount-ro", "/"]
    words += ["--clearenv"]
    for key, value in launch.env.items():
        words += ["--setenv", key, value]
    return [*words, "--chdir", launch.folder]


def _users(launch: Launch) -> dict[str, str]:
    """User and group files that know root, nobody and the container's own user."""
    identity = launch.identity
    users = ["root:x:0:0:root:/root:/sbin/nologin", "nobody:x:65534:65534:nobody:/:/sbin/nologin"]
    groups = ["root:x:0:", "nogroup:x:65534:"]
    if identity.uid not in {0, 65534}:
        users.append(f"app:x:{identity.uid}:{identity.gid}:app:/:/sbin/nologin")
    if identity.gid not in {0, 65534}:
        groups.append(f"app:x:{identity.gid}:")
    return {"passwd": "\n".join([*users, ""]), "group": "\n".join([*groups, ""])}
