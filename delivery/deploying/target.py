"""What a deployment acts on: one product's engine in one stack, at Railway, in the configuration and in the state."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from delivery import stacks
from delivery.deploying.journal import Journal
from delivery.deploying.setting import Setting
from delivery.deploying.smoke import Door
from delivery.engine import Engine
from delivery.live import Live
from delivery.workspace import PROJECT, STACK
from providers.railway.client import Client
from providers.railway.graphql import ENDPOINT, TokenKind
from toolchain.errors import ExitCode, Problem
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from toolchain.events import Emit


class Edge(BaseModel):
    """What the program exports of a product's edge, as far as a deployment needs it."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    environment_id: str
    engine_service_id: str
    host: str
    health_path: str


@dataclass(frozen=True)
class Target:
    """One product's engine in one stack.

    Attributes:
        product: the product.
        engine: Pulumi's engine on the stack.
        edge: the service and where it is asked.
        client: Railway.
        door: where it is asked for its health.
        setting: where the configuration names its image.
        journal: the deployment that is under way.
        emit: told what is done.
    """

    product: str
    engine: Engine
    edge: Edge
    client: Client
    door: Door
    setting: Setting
    journal: Journal
    emit: Emit

    @property
    def stack(self) -> str:
        """The stack's name."""
        return self.engine.stack

    @property
    def where(self) -> tuple[str, str]:
        """Service and environment, as Railway's operations take them."""
        return self.edge.engine_service_id, self.edge.environment_id


def opened(place: stacks.Place, stack: str, product: str, emit: Emit) -> Target:
    """Have everything ready: in the sandbox's stack the sandbox too.

    Raises:
        Problem: with the documented exit code of whatever is wrong.
    """
    if stack == STACK:
        running = stacks.start(place, emit)
        engine = stacks.engine(place, running, emit)
        base = running.connections.railway_edge
    else:
        pulumi = provide((Tool.PULUMI,), emit)[Tool.PULUMI]
        workspace = Live(place.checkout, place.root, stack)
        engine = Engine(pulumi, workspace, workspace.environment(None, sys.executable, pulumi.parent), emit)
        engine.end_left()  # or it would go on with what is about to be undone
        base = ""
    return of(engine, product, base, emit)


def of(engine: Engine, product: str, base: str, emit: Emit) -> Target:
    """The target of an engine that is ready.

    Args:
        engine: on the stack.
        product: the product.
        base: URL where Railway's edge is asked in the sandbox; empty: the product's own name, by TLS.
        emit: told what is done.

    Raises:
        Problem: the stack does not hold such an engine (exit code 3), or a secret cannot be read (12).
    """
    edge = _edge(engine, product)
    config = yaml.safe_load(engine.workspace.stack_file.read_bytes())["config"]
    key = engine.secret(f"{PROJECT}:internalKey")
    door = Door(base or f"https://{edge.host}", edge.host if base else "", edge.health_path, key)
    kind: TokenKind = "project" if config.get("railway:tokenKind") == "project" else "account"
    return Target(
        product=product,
        engine=engine,
        edge=edge,
        client=Client(config.get("railway:endpoint", ENDPOINT), engine.secret("railway:token"), kind),
        door=door,
        setting=Setting(engine.workspace, product),
        journal=Journal(engine.workspace.root, engine.stack, product),
        emit=emit,
    )


def _edge(engine: Engine, product: str) -> Edge:
    """Raises: Problem: the stack does not hold the product's engine (exit code 3)."""
    try:
        return Edge.model_validate(engine.outputs().get("edge", {}).get(product))
    except ValidationError as error:
        raise Problem(
            f"stack {engine.stack!r} holds no engine of {product!r}",
            where=engine.workspace.stack_file.name,
            fix="make up" if engine.workspace.embedded else f"pulumi up --stack {engine.stack}",
            exit_code=ExitCode.CONFIG,
        ) from error
