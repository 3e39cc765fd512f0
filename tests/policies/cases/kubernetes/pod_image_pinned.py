"""Cases of `pod-image-pinned`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import CRON, DIGEST, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.containers[0].image"

_VOLUME = f"{CRON}.spec.volumes[1].image.reference"


def _volume(reference: Value, stack: str = "prod") -> Facts:
    return cron(container(), stack=stack, volumes=[{"name": "a", "emptyDir": {}}, {"image": {"reference": reference}}])


PASS = {
    "a volume": _volume(f"thing@{DIGEST}"),
    "a volume in the sandbox": _volume("sandbox/data:dev", "local"),
    "a digest": cron(container(image=f"ghcr.io/someone/thing@{DIGEST}"), stack="prod"),
    "a tag and its digest": cron(container(image=f"localhost:5000/thing:1.2@{DIGEST}"), stack="staging"),
    "a sandbox image in the sandbox": cron(container(image="sandbox/backup:dev"), stack="local"),
}
FAIL = {
    "a volume's": (_volume("thing:1.2"), (_VOLUME,)),
    "a volume of nothing": (_volume(None), (_VOLUME,)),
    "a tag": (cron(container(image="postgres:17.1"), stack="prod"), (_AT,)),
    "no tag": (cron(container(image="postgres"), stack="local"), (_AT,)),
    "latest behind a registry's port": (
        cron(container(image=f"localhost:5000/a:latest@{DIGEST}"), stack="prod"),
        (_AT,),
    ),
    "a registry's port is no tag": (cron(container(image="localhost:5000/thing"), stack="prod"), (_AT,)),
    "latest with a digest": (cron(container(image=f"thing:latest@{DIGEST}"), stack="prod"), (_AT,)),
    "latest of the sandbox": (cron(container(image="sandbox/backup:latest"), stack="local"), (_AT,)),
    "a sandbox image without a tag": (cron(container(image="sandbox/backup"), stack="local"), (_AT,)),
    "a sandbox image elsewhere": (cron(container(image="sandbox/backup:dev"), stack="prod"), (_AT,)),
    "more than a name of a sandbox image": (cron(container(image="sandbox/backup:dev more"), stack="local"), (_AT,)),
    "a digest cut short": (cron(container(image="thing@sha256:abc"), stack="prod"), (_AT,)),
    "no image": (cron(container(image=None), stack="prod"), (_AT,)),
    "an image that is no text": (cron(container(image=7.0), stack="prod"), (_AT,)),
}
PENDING = {
    "a container": (cron(UNKNOWN), (f"?{CRON}.spec.containers[0]",)),
    "a volume": (cron(container(), volumes=[{"name": "a"}, UNKNOWN]), (f"?{_VOLUME}",)),
    "a volume's": (_volume(UNKNOWN), (f"?{_VOLUME}",)),
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the image": (cron(container(image=UNKNOWN)), (f"?{_AT}",)),
}
