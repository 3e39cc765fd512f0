"""What the engine's state holds of a deployed service: kept before a deployment, put back after one that failed.

Without it the state would remember the settings of the image that failed, and the next update would deploy once more
what serves already.
"""

from __future__ import annotations

from typing import Any

#: Types of the resources that a new image changes, and no other.
CHANGED = ("railway:index:ServiceInstance", "railway:index:Deployment")

Row = dict[str, Any]


def rows(state: Row, service: str, environment: str) -> list[Row]:
    """The rows of a service's settings and of its deployment in an environment; secrets in them are encrypted."""
    found = state["deployment"].get("resources") or []
    return [row for row in found if row.get("type") in CHANGED and row.get("id") == f"{service}:{environment}"]


def begun_elsewhere(state: Row, kept: list[Row]) -> list[str]:
    """Other resources with an operation that nobody saw the end of: `pulumi stack import` forgets all of those."""
    known = {row["urn"] for row in kept}
    begun = [one["resource"]["urn"] for one in state["deployment"].get("pending_operations") or []]
    return [urn.rpartition("::")[2] for urn in begun if urn not in known]


def replaced(state: Row, kept: list[Row]) -> Row:
    """The state with these rows as they were; what was begun with their resources and not seen to end is forgotten."""
    known = {row["urn"]: row for row in kept}
    held = state["deployment"]
    resources = [known.get(row["urn"], row) for row in held.get("resources") or []]
    begun = [one for one in held.get("pending_operations") or [] if one["resource"]["urn"] not in known]
    return {**state, "deployment": {**held, "resources": resources, "pending_operations": begun}}
