"""What one account holds: tables of JSON objects, each by its id."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sandbox.railway.errors import missing

if TYPE_CHECKING:
    from sandbox.fake.store import Document

#: The one workspace; projects are made in it where none is named.
WORKSPACE = "3f1d8e0a-7f5c-4c39-9a53-0d5f0c0a7e11"

#: Arguments of a field, as graphql-core hands them over.
Arguments = dict[str, Any]

_KINDS = {
    "projects": "Project",
    "environments": "Environment",
    "services": "Service",
    "instances": "ServiceInstance",
    "volumes": "Volume",
    "volumeInstances": "VolumeInstance",
    "customDomains": "CustomDomain",
    "serviceDomains": "ServiceDomain",
    "tcpProxies": "TCPProxy",
    "triggers": "DeploymentTrigger",
    "deployments": "Deployment",
}


def empty() -> Document:
    """A new account: every table empty; `variables` by collection, `staged` by environment, `images` by name."""
    return {table: {} for table in (*_KINDS, "variables", "staged", "images")} | {"made": 0}


@dataclass(frozen=True)
class Account:
    """The state while one request is answered.

    Attributes:
        state: all tables; resolvers change it in place.
        now: seconds since 1970.
    """

    state: Document
    now: float

    def find(self, table: str, key: str) -> Document:
        """One object.

        Raises:
            GraphQLError: there is none.
        """
        found: Document | None = self.state[table].get(key)
        if found is None:
            raise missing(_KINDS[table])
        return found

    def within(self, table: str, key: str, project: str) -> Document:
        """One object of a project.

        Raises:
            GraphQLError: there is none, or it is another project's.
        """
        found = self.find(table, key)
        if found["projectId"] != project:
            raise missing(_KINDS[table])
        return found

    def instance(self, service: str, environment: str) -> Document:
        """A service as it is in one environment.

        Raises:
            GraphQLError: it is not there.
        """
        return self.find("instances", key_of(service, environment))

    def all(self, table: str, **fields: object) -> list[Document]:
        """The objects whose fields are these, oldest first."""
        return [found for found in self.state[table].values() if _fits(found, fields)]

    def make(self, table: str, document: Document, key: str = "") -> Document:
        """Put a new object into a table, with an id and times."""
        made = {"id": str(uuid.uuid4()), "createdAt": self.stamp, "updatedAt": self.stamp} | document
        self.state[table][key or made["id"]] = made
        return made

    def change(self, found: Document, fields: Document) -> Document:
        """Change fields of an object."""
        found |= fields
        found["updatedAt"] = self.stamp
        return found

    def drop(self, table: str, **fields: object) -> None:
        """Remove the objects whose fields are these."""
        held = self.state[table]
        for key in [key for key, found in held.items() if _fits(found, fields)]:
            del held[key]

    def number(self) -> int:
        """A number that grows with each call."""
        self.state["made"] += 1
        return int(self.state["made"])

    @property
    def stamp(self) -> str:
        """Now, as the API writes it."""
        return moment(self.now)


def key_of(service: str, environment: str) -> str:
    """The key of an instance."""
    return f"{service}:{environment}"


def moment(seconds: float) -> str:
    """Seconds since 1970 as the API writes them."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fits(found: Document, fields: Document) -> bool:
    return all(found.get(name) == value for name, value in fields.items())
