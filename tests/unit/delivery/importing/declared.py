"""Resources as a preview declares them, for the tests of matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN
from policies.preview import Resource

if TYPE_CHECKING:
    from policies.facts import Value


def urn(kind: str, name: str) -> str:
    """The URN of a resource of the test's stack."""
    return f"urn:pulumi:local::groundwork::{kind}::{name}"


def declared(token: str, called: str, /, *, depends: dict[str, str] | None = None, **inputs: Value) -> Resource:
    """A resource; what `depends` names, by input, is not known before that resource is."""
    unknown = dict.fromkeys(depends or {}, UNKNOWN)
    return Resource(
        urn=urn(token, called),
        token=token,
        operation="create",
        custom=True,
        inputs={**inputs, **unknown},
        parent="",
        protect=False,
        depends={key: (on,) for key, on in (depends or {}).items()},
        position=None,
    )
