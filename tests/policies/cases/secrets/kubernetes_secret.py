"""Cases of `kubernetes-secret-external`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _secret(kind: str = "Secret", stack: str = "prod", **props: Value) -> Facts:
    return facts(f"kubernetes:core/v1:{kind}", props, stack=stack)


PASS = {
    "the sandbox has no store": _secret(stack="local", stringData={"a": "b"}),
    "values by someone else": _secret(type="Opaque", data={}),
    "an External Secret": facts("kubernetes:external-secrets.io/v1:ExternalSecret", {"spec": {}}, stack="prod"),
}
FAIL = {
    "values": (_secret(data={"a": "Yg=="}), ("data",)),
    "values as text": (_secret(stringData={"a": "b"}, stack="staging"), ("stringData",)),
    "values marked secret: text, the wrong type": (_secret(stringData="[secret]"), ("stringData",)),
    "a part of a Secret": (_secret("SecretPatch", data={"a": "Yg=="}), ("data",)),
    "in a list": (_secret("SecretList", items=[{}, {"data": {"a": "Yg=="}}]), ("items[1].data",)),
}
PENDING = {
    "the values": (_secret(data=UNKNOWN), ("?data",)),
    "the values as text": (_secret(stringData=UNKNOWN), ("?stringData",)),
}
