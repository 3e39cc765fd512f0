"""Cases of `namespace-pod-security`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ENFORCE = "pod-security.kubernetes.io/enforce"
_VERSION = f"{_ENFORCE}-version"
_AT = "metadata.labels"
_TOKEN = "kubernetes:core/v1:Namespace"  # noqa: S105 - a Pulumi type token, no password


def _space(**labels: Value) -> Facts:
    named = {"enforce": _ENFORCE, "version": _VERSION}
    return facts(_TOKEN, {"metadata": {"labels": {named[key]: value for key, value in labels.items()}}})


PASS = {
    "restricted": _space(enforce="restricted"),
    **{
        f"as {version} has it": _space(enforce="restricted", version=version)
        for version in ("latest", "v1.34", "v1.39", "v1.40", "v1.99")
    },
    "another kind": facts("kubernetes:core/v1:Pod", {}),
}
FAIL = {
    "no label": (_space(), (f'{_AT}["{_ENFORCE}"]',)),
    "no metadata": (facts(_TOKEN, {}), (f'{_AT}["{_ENFORCE}"]',)),
    "the baseline": (_space(enforce="baseline"), (f'{_AT}["{_ENFORCE}"]',)),
    "a warning alone": (
        facts(_TOKEN, {"metadata": {"labels": {"pod-security.kubernetes.io/warn": "restricted"}}}),
        (f'{_AT}["{_ENFORCE}"]',),
    ),
    "as an old version has it": (_space(enforce="restricted", version="v1.33"), (f'{_AT}["{_VERSION}"]',)),
    "a version that is none": (_space(enforce="restricted", version="1.34"), (f'{_AT}["{_VERSION}"]',)),
    "a version that is a number": (_space(enforce="restricted", version=1.34), (f'{_AT}["{_VERSION}"]',)),
    "in a list": (
        facts(f"{_TOKEN}List", {"items": [_space(enforce="restricted").props, {}]}),
        (f'items[1].{_AT}["{_ENFORCE}"]',),
    ),
}
PENDING = {
    "the labels": (
        facts(_TOKEN, {"metadata": {"labels": UNKNOWN}}),
        (f'?{_AT}["{_ENFORCE}"]', f'?{_AT}["{_VERSION}"]'),
    ),
    "the profile": (_space(enforce=UNKNOWN), (f'?{_AT}["{_ENFORCE}"]',)),
    "the list": (
        facts(f"{_TOKEN}List", {"items": UNKNOWN}),
        (f'?items[0].{_AT}["{_ENFORCE}"]', f'?items[0].{_AT}["{_VERSION}"]'),
    ),
}
