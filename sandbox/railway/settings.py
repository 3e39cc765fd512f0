"""Settings of a service in one environment: their defaults, and their two shapes in the API.

An instance has them flat; the environment's configuration has them in the sections `source`, `build` and `deploy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sandbox.railway.errors import refused

if TYPE_CHECKING:
    from sandbox.fake.store import Document

_BUILD: Final[Document] = {
    "builder": "RAILPACK",
    "buildCommand": None,
    "dockerfilePath": None,
    "watchPatterns": [],
}
_DEPLOY: Final[Document] = {
    "startCommand": None,
    "preDeployCommand": None,
    "healthcheckPath": None,
    "healthcheckTimeout": None,
    "restartPolicyType": "ON_FAILURE",
    "restartPolicyMaxRetries": 10,
    "numReplicas": None,
    "region": None,
    "cronSchedule": None,
    "sleepApplication": None,
    "drainingSeconds": None,
    "overlapSeconds": None,
}
#: Of a service that nobody has set anything of (docs.railway.com: "Config as Code", "Restart Policy").
DEFAULTS: Final[Document] = {"source": None, "rootDirectory": None, "railwayConfigFile": None} | _BUILD | _DEPLOY
# Not null in the schema: whoever clears one gets the default back.
_NEVER_NULL = ("builder", "watchPatterns", "restartPolicyType", "restartPolicyMaxRetries")
_CRON_FIELDS = 5
_GIGABYTE = 1_000_000_000


def of(instance: Document) -> Document:
    """All settings of an instance, as a deployment takes them."""
    return {name: instance[name] for name in DEFAULTS}


def flat(asked: Document) -> Document:
    """The fields that an update changes, from its input.

    Raises:
        GraphQLError: a value cannot be.
    """
    changed = {name: value for name, value in asked.items() if name in DEFAULTS}
    for name in _NEVER_NULL:
        if name in changed and changed[name] is None:
            changed[name] = DEFAULTS[name]
    if "source" in changed:
        source = {kind: value for kind, value in (changed["source"] or {}).items() if value}
        changed["source"] = source or None
    if "multiRegionConfig" in asked:
        changed |= _regions(asked["multiRegionConfig"] or {})
    if "registryCredentials" in asked:
        changed["registryCredentials"] = asked["registryCredentials"]
    if changed.get("cronSchedule") and len(changed["cronSchedule"].split()) != _CRON_FIELDS:
        raise refused("Invalid cron schedule")
    return changed


def from_sections(change: Document) -> Document:
    """The fields that a change of the environment's configuration changes.

    Raises:
        GraphQLError: a value cannot be, or a field is none that this fake knows.
    """
    asked: Document = {}
    if "source" in change:
        source = change["source"] or {}
        asked["source"] = {kind: source.get(kind) for kind in ("image", "repo")}
        if "rootDirectory" in source:
            asked["rootDirectory"] = source["rootDirectory"]
    for section, known in (("build", _BUILD), ("deploy", _DEPLOY)):
        for name, value in (change.get(section) or {}).items():
            if name not in {*known, "multiRegionConfig", "registryCredentials", "limitOverride"}:
                raise refused(f"Unknown field: {section}.{name}")
            asked[name] = value
    changed = flat(asked)
    if "limitOverride" in asked:
        changed["limits"] = (asked["limitOverride"] or {}).get("containers")
    return changed


def sections(instance: Document) -> Document:
    """The settings as the environment's configuration has them; credentials are not shown."""
    source = dict(instance["source"] or {})
    if instance["rootDirectory"] is not None:
        source["rootDirectory"] = instance["rootDirectory"]
    deploy = _given(instance, _DEPLOY)
    region = deploy.pop("region", None)
    if region is not None:
        deploy["multiRegionConfig"] = {region: {"numReplicas": instance["numReplicas"] or 1}}
    if instance.get("regions"):
        deploy["multiRegionConfig"] = {name: {"numReplicas": count} for name, count in instance["regions"].items()}
    if instance.get("limits"):
        deploy["limitOverride"] = {"containers": instance["limits"]}
    return {"source": source, "build": _given(instance, _BUILD), "deploy": deploy}


def limits(memory_gb: float | None, processors: float | None) -> Document | None:
    """What a container may take: bytes (a gigabyte is 10^9) and processors; None for the plan's own limits."""
    given = {
        "cpu": processors,
        "memoryBytes": None if memory_gb is None else round(memory_gb * _GIGABYTE),
    }
    return {name: value for name, value in given.items() if value is not None} or None


def _given(instance: Document, known: Document) -> dict[str, Any]:
    return {name: instance[name] for name in known if instance[name] not in (None, [])}


def _regions(asked: Document) -> Document:
    placed = [(region, told["numReplicas"]) for region, told in asked.items() if told is not None]
    if len(placed) > 1:
        return {"region": None, "numReplicas": None, "regions": dict(placed)}
    one = dict(zip(("region", "numReplicas"), placed[0], strict=True)) if placed else {"region": None}
    return one | {"regions": None}
