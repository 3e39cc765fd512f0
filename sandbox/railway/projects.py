"""Projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.railway import environments
from sandbox.railway.account import WORKSPACE
from sandbox.railway.connection import connection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root


def _project(account: Account, asked: Arguments) -> Document:
    return account.find("projects", asked["id"])


def _projects(account: Account, asked: Arguments) -> Document:
    found = account.all("projects")
    if asked.get("workspaceId"):
        found = [project for project in found if project["workspaceId"] == asked["workspaceId"]]
    return connection(found, asked)


def _create(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    made = account.make(
        "projects",
        {
            "name": wanted.get("name") or f"project-{account.number()}",
            "description": wanted.get("description"),
            "isPublic": bool(wanted.get("isPublic")),
            "prDeploys": bool(wanted.get("prDeploys")),
            "workspaceId": wanted.get("workspaceId") or WORKSPACE,
        },
    )
    first = environments.make(account, made["id"], wanted.get("defaultEnvironmentName") or "production")
    made["baseEnvironmentId"] = first["id"]
    return made


def _update(account: Account, asked: Arguments) -> Document:
    return account.change(account.find("projects", asked["id"]), asked["input"])


def _delete(account: Account, asked: Arguments) -> bool:
    project = account.find("projects", asked["id"])
    for found in account.all("environments", projectId=project["id"]):
        environments.remove(account, found["id"])
    for table in ("services", "volumes"):
        account.drop(table, projectId=project["id"])
    account.drop("projects", id=project["id"])
    return True


def _of(table: str) -> Nested:
    return lambda account, project, asked: connection(account.all(table, projectId=project["id"]), asked)


QUERIES: Final[Mapping[str, Root]] = {"project": _project, "projects": _projects}
MUTATIONS: Final[Mapping[str, Root]] = {"projectCreate": _create, "projectUpdate": _update, "projectDelete": _delete}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {
    "Project": {"environments": _of("environments"), "services": _of("services"), "volumes": _of("volumes")}
}
