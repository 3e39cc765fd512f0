"""versitygw: an S3 server on a folder, for S3 and R2 buckets alike."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from typing import TYPE_CHECKING

from sandbox.services.service import HttpProbe, Name, Service, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.services.setting import Setting

#: The region that requests are signed for; R2's "auto" is taken too, since the server checks only the signature.
REGION = "us-east-1"
_ATTRIBUTE = "user.groundwork.probe"


def define(setting: Setting) -> Service:
    """The root key pair goes in by the environment, which only the same user can read."""
    keys = setting.credentials.keys()
    layout = setting.layout
    address = setting.address(Name.OBJECT_STORE)
    metadata = () if keeps_attributes(layout.objects) else (f"--sidecar={layout.object_metadata}",)
    return Service(
        name=Name.OBJECT_STORE,
        command=(
            str(setting.binaries[Name.OBJECT_STORE]),
            f"--port={address}",
            f"--region={REGION}",
            "--health=/healthz",
            "--quiet",
            "posix",
            f"--versioning-dir={layout.versions}",
            "--dir-perms=0700",
            "--file-perms=0600",
            *metadata,
            str(layout.objects),
        ),
        folder=layout.root,
        port=setting.ports[Name.OBJECT_STORE],
        probe=HttpProbe(f"http://{address}/healthz"),
        environment=surroundings()
        | {
            "ROOT_ACCESS_KEY_ID": keys.access_key_id,
            "ROOT_SECRET_ACCESS_KEY": keys.secret_access_key,
            "GOMEMLIMIT": "256MiB",
        },
    )


def keeps_attributes(folder: Path) -> bool:
    """Whether the file system keeps extended attributes, where the server puts objects' metadata."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        try:
            os.setxattr(probe.fileno(), _ATTRIBUTE, b"1")
        except OSError as error:
            if error.errno == errno.ENOTSUP:
                return False
            raise
        with contextlib.suppress(OSError):
            os.removexattr(probe.fileno(), _ATTRIBUTE)
    return True
