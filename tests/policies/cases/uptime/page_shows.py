"""Cases of `uptime-page-shows`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _page(**props: Value) -> Facts:
    return facts("uptimerobot:index:StatusPage", props)


PASS = {
    "some": _page(monitorIds=["1"], status="ENABLED"),
    "one that is not known yet": _page(monitorIds=[UNKNOWN]),
    "by tags": _page(monitorIds=[], tagIds=["1"]),
    "all": _page(autoAddMonitors=True),
    "all, whatever is named": _page(autoAddMonitors=True, monitorIds=UNKNOWN),
}
FAIL = {
    "left out": (_page(), ("monitorIds",)),
    "none": (_page(monitorIds=[], autoAddMonitors=False), ("monitorIds",)),
    "paused": (_page(monitorIds=["1"], status="PAUSED"), ("status",)),
}
PENDING = {
    "the monitors": (_page(monitorIds=UNKNOWN), ("?monitorIds",)),
    "the tags": (_page(tagIds=UNKNOWN), ("?monitorIds",)),
    "whether all": (_page(autoAddMonitors=UNKNOWN), ("?monitorIds",)),
    "the status": (_page(monitorIds=["1"], status=UNKNOWN), ("?status",)),
}
