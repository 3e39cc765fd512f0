"""The stand-in's handlers on Cloudflare's API in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from providers.kit import Call, Properties, Stored
from providers.kit.api import Api
from sandbox.cloudflare.application import BASE, Cloudflare
from sandbox.fake.transport import Transport
from sandbox.plugins.cloudflare.places import PLACES
from sandbox.plugins.cloudflare.resource import ApiResource
from sandbox.plugins.sdk_check import Checker
from sandbox.plugins.sdk_types import Sdk

if TYPE_CHECKING:
    from sandbox.fake.store import Document

_TOKEN = "a-token-of-the-tests"  # noqa: S105 - it opens the fake of this process
_SDK = Sdk("pulumi_cloudflare")


@dataclass
class Edge:
    """The API, its state, and the handlers on it."""

    service: Cloudflare = field(default_factory=lambda: Cloudflare(_TOKEN))

    @property
    def state(self) -> Document:
        """What the service holds."""
        return self.service.store.document

    def handler(self, token: str) -> ApiResource:
        """The handler of a type."""
        kind = _SDK.resource(token)
        assert kind is not None
        headers = {"Authorization": f"Bearer {_TOKEN}"}
        api = Api(f"http://edge{BASE}", lambda: headers, transport=Transport(self.service))
        return ApiResource(kind, Checker(_SDK), PLACES[token], lambda: api)

    def make(self, token: str, inputs: Properties) -> Stored:
        """Make a resource, as the engine does: checked first."""
        handler, call = self.handler(token), self.call(token)
        checked = handler.check(call, inputs, None)
        assert checked.failures == ()
        made = handler.create(call, checked.inputs)
        return Stored(made.id, checked.inputs, made.outputs)

    def read(self, token: str, stored: Stored) -> Stored | None:
        """Read a resource."""
        return self.handler(token).read(self.call(token), stored)

    @staticmethod
    def call(token: str) -> Call:
        """The circumstances of one operation."""
        return Call(urn=f"urn:pulumi:local::p::{token}::thing", token=token, name="thing", seed=b"seed")


@pytest.fixture
def edge() -> Edge:
    """A fresh one."""
    return Edge()
