"""What the parts of the story game agree on, and what others know it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

NAME: Final = "amoisekai"

#: Port that the engine listens on (DL-1).
PORT: Final = 8001
#: What Railway and UptimeRobot ask (OB-2).
HEALTH: Final = "/api/health"
#: Where the engine's volume is mounted.
DATA: Final = "/data"

#: Environments of the project on Railway; the first is production (DL-1).
ENVIRONMENTS: Final = ("production", "staging")
#: First labels of the API's names in the zone, one for each environment (DL-1).
API_LABELS: Final = ("api", "staging")


class EdgeFacts(TypedDict):
    """What others know the product's edge by; exported for each product as ``edge``.

    Attributes:
        projectId: project on Railway.
        environmentId: environment that this stack fills.
        environments: id of each environment by its name, where this stack makes them: others name them by it.
        engineServiceId: the engine's service.
        keeperServiceId: the backup keeper's.
        host: name of the engine in our own zone.
        serviceDomain: name that Railway gave it.
        healthPath: path that answers 200 while it is well.
    """

    projectId: pulumi.Output[str]
    environmentId: pulumi.Output[str]
    environments: Mapping[str, pulumi.Output[str]]
    engineServiceId: pulumi.Output[str]
    keeperServiceId: pulumi.Output[str]
    host: str
    serviceDomain: pulumi.Output[str]
    healthPath: str


def web_part(host: str, zone: str) -> str:
    """A host of the web front end as a part of names: ``web`` is the zone itself, ``web-www`` is www in it."""
    return "-".join(["web", *host.removesuffix(zone).split(".")[:-1]])
