"""A fake Railway with a clock that stands, and short words for what tests do with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from sandbox.fake.transport import Transport
from sandbox.railway.application import PATH, Railway
from tests.unit.sandbox.clock import Clock

TOKEN = "a-token"  # noqa: S105 - of these tests alone
_HOST = "https://backboard.railway.test"


@dataclass
class World:
    """A fake with one project, its environment ``production``, and nothing in it.

    Attributes:
        clock: the fake's clock.
        railway: the fake.
        project: id of the project.
        environment: id of its environment.
    """

    clock: Clock = field(default_factory=Clock)
    railway: Railway = field(init=False)
    project: str = field(init=False)
    environment: str = field(init=False)

    def __post_init__(self) -> None:
        self.railway = Railway(TOKEN, clock=self.clock)
        made = self.ask('mutation { projectCreate(input: {name: "amoisekai"}) { id baseEnvironmentId } }')
        self.project, self.environment = made["id"], made["baseEnvironmentId"]

    def client(self, headers: dict[str, str] | None = None) -> httpx.Client:
        """A client of the fake, with the right token unless other headers are given."""
        given = {"Authorization": f"Bearer {TOKEN}"} if headers is None else headers
        return httpx.Client(transport=Transport(self.railway), base_url=_HOST, headers=given)

    def send(self, query: str, **variables: object) -> httpx.Response:
        """The whole answer to a request."""
        return self.client().post(PATH, json={"query": query, "variables": variables})

    def ask(self, query: str, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """What the one field of a request says."""
        answer = self.send(query, **variables).json()
        assert "errors" not in answer, answer["errors"]
        (value,) = answer["data"].values()
        return value

    def refused(self, query: str, **variables: object) -> str:
        """What an answer of status 200 says that failed."""
        answer = self.send(query, **variables)
        assert answer.status_code == 200
        return str(answer.json()["errors"][0]["message"])

    def later(self, seconds: float) -> None:
        """So much later."""
        self.clock.now += seconds

    def service(self, name: str = "engine") -> str:
        """A new service without a source."""
        query = "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id } }"
        return str(self.ask(query, i={"projectId": self.project, "name": name})["id"])

    def place(self, name: str) -> str:
        """A new environment."""
        query = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
        return str(self.ask(query, i={"projectId": self.project, "name": name})["id"])

    def set(self, service: str, **settings: object) -> None:
        """Change settings of a service."""
        query = """mutation($s: String!, $e: String!, $i: ServiceInstanceUpdateInput!) {
          serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $i) }"""
        self.ask(query, s=service, e=self.environment, i=settings)

    def instance(self, service: str, fields: str) -> Any:  # noqa: ANN401 - JSON
        """Fields of a service as it is in the environment."""
        query = (
            f"query($s: String!, $e: String!) {{ serviceInstance(serviceId: $s, environmentId: $e) {{ {fields} }} }}"
        )
        return self.ask(query, s=service, e=self.environment)

    def deploy(self, service: str) -> str:
        """A new deployment's id."""
        query = "mutation($s: String!, $e: String!) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }"
        return str(self.ask(query, s=service, e=self.environment))

    def deployed(self, service: str, image: str, **settings: object) -> str:
        """A new deployment of the image, ten seconds ago."""
        self.set(service, source={"image": image}, **settings)
        made = self.deploy(service)
        self.later(10)
        return made

    def status(self, deployment: str) -> str:
        """How far a deployment is."""
        return str(self.ask("query($i: String!) { deployment(id: $i) { status } }", i=deployment)["status"])

    def statuses(self, service: str) -> list[str]:
        """Of all deployments, the newest first."""
        query = "query($i: DeploymentListInput!) { deployments(input: $i) { edges { node { status } } } }"
        found = self.ask(query, i={"serviceId": service, "environmentId": self.environment})
        return [edge["node"]["status"] for edge in found["edges"]]

    def variables(self, service: str | None, values: dict[str, str], **more: bool) -> None:
        """Set variables of a service, or shared ones."""
        place = {"projectId": self.project, "environmentId": self.environment, "serviceId": service}
        query = "mutation($i: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $i) }"
        self.ask(query, i={**place, "variables": values, **more})

    def image(self, name: str, **told: object) -> None:
        """How deployments of an image behave."""
        self.client().put("/_sandbox/images", json={name: told}).raise_for_status()
