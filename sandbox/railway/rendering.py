"""Variables as a deployment gets them: the user's and the platform's, with references followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.fake.store import Document
    from sandbox.railway.account import Account

SHARED = "shared"
_REFERENCE = re.compile(r"\$\{\{\s*(?:([^{}.]+?)\s*\.\s*)?(\w+)\s*\}\}")
# References to references end somewhere: a circle comes out empty.
_DEPTH = 10


def collection(account: Account, environment: str, service: str | None) -> dict[str, str]:
    """The user's own variables, as they were set: of a service, or the ones that all share."""
    held: dict[str, str] = account.state["variables"].setdefault(f"{environment}:{service or SHARED}", {})
    return held


def unrendered(account: Account, environment: str, service: str | None) -> dict[str, str]:
    """With the platform's beside them, references as they were written."""
    own = dict(collection(account, environment, service))
    return own if service is None else own | _platform(account, environment, service)


def rendered(account: Account, environment: str, service: str | None) -> dict[str, str]:
    """With references followed; one that leads nowhere is empty."""
    plain = unrendered(account, environment, service)
    return {name: _render(account, environment, service, value, _DEPTH) for name, value in plain.items()}


def mentions(account: Account, environment: str, service: str, names: set[str]) -> bool:
    """Whether a service refers to one of these shared variables."""
    values = collection(account, environment, service).values()
    return any(space == SHARED and name in names for value in values for space, name in _REFERENCE.findall(value))


def _render(account: Account, environment: str, service: str | None, value: str, depth: int) -> str:
    def follow(match: re.Match[str]) -> str:
        if depth == 0:
            return ""
        owner = _owner(account, environment, service, match[1])
        if owner is _NOBODY:
            return ""
        found = unrendered(account, environment, owner).get(match[2], "")
        return _render(account, environment, owner, found, depth - 1)

    return _REFERENCE.sub(follow, value)


_NOBODY = ""


def _owner(account: Account, environment: str, service: str | None, space: str | None) -> str | None:
    """Whose variable it is: a service's id, None for shared ones, `_NOBODY` for an unknown name."""
    if space is None:
        return service
    if space == SHARED:
        return None
    project = account.find("environments", environment)["projectId"]
    named = [found["id"] for found in account.all("services", projectId=project, name=space)]
    return named[0] if named else _NOBODY


def _platform(account: Account, environment: str, service: str) -> dict[str, str]:
    place = account.find("environments", environment)
    found = account.find("services", service)
    project = account.find("projects", place["projectId"])
    here: Document = {"serviceId": service, "environmentId": environment}
    given = {
        "RAILWAY_PROJECT_NAME": project["name"],
        "RAILWAY_PROJECT_ID": project["id"],
        "RAILWAY_ENVIRONMENT_NAME": place["name"],
        "RAILWAY_ENVIRONMENT_ID": environment,
        "RAILWAY_SERVICE_NAME": found["name"],
        "RAILWAY_SERVICE_ID": service,
        "RAILWAY_PRIVATE_DOMAIN": f"{found['name'].lower().replace(' ', '-')}.railway.internal",
    }
    for domain in [*account.all("serviceDomains", **here), *account.all("customDomains", **here)]:
        given["RAILWAY_PUBLIC_DOMAIN"] = domain["domain"]
    for proxy in account.all("tcpProxies", **here):
        given["RAILWAY_TCP_PROXY_DOMAIN"] = proxy["domain"]
        given["RAILWAY_TCP_PROXY_PORT"] = str(proxy["proxyPort"])
        given["RAILWAY_TCP_APPLICATION_PORT"] = str(proxy["applicationPort"])
    for mounted in account.all("volumeInstances", **here):
        given["RAILWAY_VOLUME_NAME"] = account.find("volumes", mounted["volumeId"])["name"]
        given["RAILWAY_VOLUME_MOUNT_PATH"] = mounted["mountPath"]
    return given
