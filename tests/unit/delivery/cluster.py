"""As much of a Kubernetes API server as following a Job takes, in memory."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2
from lightkube import Client, KubeConfig
from lightkube.config.models import Cluster, User

if TYPE_CHECKING:
    from collections.abc import Callable

_PATH = re.compile(r"/(?:api|apis/[^/]+)/v1(?:/namespaces/[^/]+)?/(?P<kind>\w+)(?:/(?P<name>[\w.-]+))?(?P<log>/log)?$")


@dataclass
class ApiServer:
    """Objects by kind and name; ``faults`` are answered first, one a request.

    Attributes:
        objects: what is stored, as JSON-like values.
        log: what every pod printed.
        faults: HTTP codes to answer with, 0 for a connection that breaks after the request was acted on, 200 for none.
        step: called before each request is answered, to move the world on.
    """

    objects: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    log: str = ""
    faults: list[int] = field(default_factory=list)
    step: Callable[[ApiServer], None] = lambda _server: None

    def client(self) -> Client:
        """A client whose requests end here."""
        config = KubeConfig.from_one(
            cluster=Cluster(server="http://api.invalid"), user=User(), context_name="test", namespace="shop"
        )
        return Client(config=config, trust_env=False, transport=httpx2.MockTransport(self._answer))

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """Objects of a kind, by name."""
        return self.objects.setdefault(kind, {})

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.step(self)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and fault not in {0, 200}:
            return _status(fault)
        answer = self._act(request)
        if fault == 0:
            raise httpx2.ReadError("the connection broke", request=request)
        return answer

    def _act(self, request: httpx2.Request) -> httpx2.Response:
        found = _PATH.fullmatch(request.url.path)
        assert found is not None, request.url.path
        kind, name = found["kind"], found["name"]
        if found["log"]:
            return httpx2.Response(200, text=self.log)
        if request.method == "POST":
            made = json.loads(request.content)
            if made["metadata"]["name"] in self.of(kind):
                return _status(409)
            self.of(kind)[made["metadata"]["name"]] = made
            return httpx2.Response(201, json=made)
        if request.method == "DELETE":
            return httpx2.Response(200, json=self.of(kind).pop(name))
        if name is None:
            wanted = [pair.split("=") for pair in request.url.params.get("labelSelector", "").split(",") if pair]
            rows = [row for row in self.of(kind).values() if _labelled(row, wanted)]
            return httpx2.Response(200, json={"items": rows, "metadata": {}})
        row = self.of(kind).get(name)
        return httpx2.Response(200, json=row) if row is not None else _status(404)


def _labelled(row: dict[str, Any], wanted: list[list[str]]) -> bool:
    labels = row["metadata"].get("labels", {})
    return all(labels.get(key) == value for key, value in wanted)


def _status(code: int) -> httpx2.Response:
    return httpx2.Response(code, json={"kind": "Status", "code": code, "message": f"answer {code}"})
