"""From a container's spec to what is started: command, environment, user, mounts."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sandbox.node.expansion import expand
from sandbox.node.identity import identity
from sandbox.node.kube import PodRef
from sandbox.node.runtime import Launch, StartError

if TYPE_CHECKING:
    from pathlib import Path

    from lightkube.models.core_v1 import Container
    from lightkube.resources.core_v1 import Pod

    from sandbox.node.context import Context
    from sandbox.node.images import Image
    from sandbox.node.volumes import Volumes

_MESSAGE_PATH = "/dev/termination-log"


def scratch(context: Context, ref: PodRef, container: str) -> Path:
    """The container's own folder on this machine."""
    return context.settings.pods / ref.uid / "containers" / container


def assemble(context: Context, pod: Pod, container: Container, image: Image, volumes: Volumes) -> Launch:
    """Put together what is started.

    Raises:
        MissingError: a Secret, ConfigMap or key is absent.
        UnknownFieldError: a field reference names nothing.
        RefusedUserError: the pod's policy forbids the user.
        MountError: a mount cannot be made.
        StartError: there is no command.
    """
    ref = PodRef.of(pod)
    user = identity(ref, pod.spec.securityContext if pod.spec else None, container, image.config.user)
    home = "/root" if user.uid == 0 else "/"
    base = {"HOSTNAME": ref.name, "HOME": home} | image.variables()
    environment = context.resolver.resolve(pod, container, base)
    known = environment.values
    command = _command(container, image)
    if not command:
        raise StartError("no command specified")
    security = container.securityContext
    return Launch(
        command=tuple(expand(word, known) if given else word for word, given in command),
        env=known,
        secret=environment.secret,
        folder=container.workingDir or image.config.folder,
        mounts=volumes.mounts(container),
        image=image,
        identity=user,
        read_only_root=bool(security and security.readOnlyRootFilesystem),
        hostname=(pod.spec.hostname if pod.spec else None) or ref.name,
        scratch=scratch(context, ref, container.name),
        message_path=container.terminationMessagePath or _MESSAGE_PATH,
    )


def clean(launch: Launch) -> None:
    """Give the container an empty scratch folder, as a new container has an empty layer."""
    shutil.rmtree(launch.scratch, ignore_errors=True)
    launch.prepare()


def _command(container: Container, image: Image) -> list[tuple[str, bool]]:
    """Words, each with whether the pod gave it: only those are expanded. A pod's command drops the image's."""
    given = [(word, True) for word in container.command or []]
    arguments = [(word, True) for word in container.args or []]
    if given:
        return given + arguments
    entrypoint = [(word, False) for word in image.config.entrypoint]
    return entrypoint + (arguments or [(word, False) for word in image.config.command])
