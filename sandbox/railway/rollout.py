"""Deployments as time goes by: each has a timetable, made when it starts, that only the clock moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.railway import settings
from sandbox.railway.account import Account, moment
from sandbox.railway.errors import refused
from sandbox.railway.rendering import rendered

if TYPE_CHECKING:
    from sandbox.fake.store import Document

#: Seconds from the request to an image that serves, where `/_sandbox/images` says nothing else.
SECONDS = 0.4
#: Deployments that an instance keeps.
KEPT = 20
SERVING = "SUCCESS"
#: What a deployment may still leave by itself.
UNDER_WAY = frozenset({"QUEUED", "INITIALIZING", "BUILDING", "DEPLOYING", "WAITING", "NEEDS_APPROVAL"})
_UP = frozenset({SERVING, "CRASHED", "SLEEPING"})
# Shares of the whole time, of our own choosing: the order is Railway's.
_STEPS = {"INITIALIZING": 0.1, "BUILDING": 0.2, "DEPLOYING": 0.6}
# An image that was built before is only started.
_STEPS_AGAIN = {"INITIALIZING": 0.05, "DEPLOYING": 0.1}
_SHARE_AGAIN = 0.5


def start(account: Account, instance: Document, reason: str = "deploy", again: Document | None = None) -> Document:
    """Begin a deployment of what the instance's settings say now, or of what an earlier one was made from.

    Args:
        account: the account.
        instance: the instance.
        reason: `deploy`, `redeploy` or `rollback`; a rollback brings the earlier one's variables back too.
        again: the earlier deployment.

    Raises:
        GraphQLError: the instance has no source.
    """
    taken: Document = settings.of(instance) if again is None else again["settings"]
    if not taken.get("source"):
        raise refused("Service has no source to deploy")
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    variables = rendered(account, instance["environmentId"], instance["serviceId"])
    made = account.make(
        "deployments",
        {
            **here,
            "projectId": instance["projectId"],
            "number": account.number(),
            "status": "QUEUED",
            "statusUpdatedAt": account.stamp,
            "settings": taken,
            "variables": again["variables"] if again is not None and reason == "rollback" else variables,
            "reason": reason,
            "succeeded": False,
            "timetable": _timetable(account, taken, quick=again is not None),
        },
    )
    for old in account.all("deployments", **here)[:-KEPT]:
        if old["status"] not in _UP and not old["timetable"]:
            del account.state["deployments"][old["id"]]
    return made


def behaviour(state: Document, taken: Document) -> Document:
    """How a deployment of these settings' image behaves, as `/_sandbox/images` was told."""
    source = taken.get("source") or {}
    told: Document = state["images"].get(source.get("image") or source.get("repo"), {})
    return {"healthy": True, "deep": True, "seconds": SECONDS} | told


def serving(account: Account, service: str, environment: str) -> list[Document]:
    """What serves now, the newest first."""
    here = account.all("deployments", serviceId=service, environmentId=environment, status=SERVING)
    return sorted(here, key=_number, reverse=True)


def advance(state: Document, now: float) -> None:
    """Let everything happen that is due, in order."""
    while True:
        due = [found for found in state["deployments"].values() if found["timetable"] and _next(found)[0] <= now]
        if not due:
            return
        found = min(due, key=_next)
        at, status = found["timetable"].pop(0)
        found |= {"status": status, "statusUpdatedAt": moment(at), "updatedAt": moment(at)}
        if status == "DEPLOYING" and _has_volume(state, found):
            # Two of them would write to one disk: the old one goes first, and nothing serves meanwhile.
            for old in _others(state, found):
                _end(old)
        if status == SERVING:
            found["succeeded"] = True
            _hand_over(state, found, at)


def remove(found: Document) -> None:
    """Stop a deployment, or give it up, at once."""
    _end(found)


def _timetable(account: Account, taken: Document, *, quick: bool) -> list[tuple[float, str]]:
    told = behaviour(account.state, taken)
    whole = told["seconds"] * (_SHARE_AGAIN if quick else 1.0)
    # A cron service is not started by a deploy, and what names no path to ask is taken to be well.
    asked = bool(taken["healthcheckPath"]) and not taken["cronSchedule"]
    end = SERVING if told["healthy"] or not asked else "FAILED"
    steps = _STEPS_AGAIN if quick else _STEPS
    times = [(account.now + whole * share, status) for status, share in steps.items()]
    return [*times, (account.now + whole, end)]


def _hand_over(state: Document, new: Document, at: float) -> None:
    overlap = float(new["settings"]["overlapSeconds"] or 0)
    for other in _others(state, new):
        # One that was asked for later and was faster stays; this one has come too late.
        old, newer = (other, new) if other["number"] < new["number"] else (new, other)
        draining = float(old["settings"]["drainingSeconds"] or 0)
        leaves = at + (overlap if newer is new else 0.0)
        old["timetable"] = [(leaves, "REMOVING"), (leaves + draining, "REMOVED")]


def _others(state: Document, found: Document) -> list[Document]:
    return [
        other
        for other in state["deployments"].values()
        if other is not found
        and other["serviceId"] == found["serviceId"]
        and other["environmentId"] == found["environmentId"]
        and other["status"] in _UP
    ]


def _has_volume(state: Document, found: Document) -> bool:
    return any(
        mounted["serviceId"] == found["serviceId"] and mounted["environmentId"] == found["environmentId"]
        for mounted in state["volumeInstances"].values()
    )


def _end(found: Document) -> None:
    found |= {"status": "REMOVED", "timetable": []}


def _next(found: Document) -> tuple[float, int]:
    return found["timetable"][0][0], found["number"]


def _number(found: Document) -> int:
    return int(found["number"])
