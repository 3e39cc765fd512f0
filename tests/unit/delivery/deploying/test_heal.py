"""A deployment that was cut off, found by the next run."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from delivery.deploying.journal import Intent, Journal
from delivery.deploying.setting import Setting
from delivery.deploying.smoke import Door
from delivery.deploying.target import Edge, Target
from delivery.deploying.undoing import heal
from delivery.engine import Engine
from delivery.live import Live
from providers.railway.client import Client
from sandbox.fake.transport import Transport
from sandbox.railway.application import PATH
from tests.unit.providers.railway.world import World
from toolchain.errors import ExitCode, Problem
from toolchain.events import ignore

CHECKOUT = Path(__file__).parents[4]
_WHERE = {"environmentId": "e", "engineServiceId": "s", "host": "api.example.com", "healthPath": "/api/health"}


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """Production's, with its file in a checkout of its own; at Railway there is no such service."""
    shutil.copy(CHECKOUT / "Pulumi.prod.yaml", tmp_path)
    live = Live(tmp_path, tmp_path / ".sandbox", "prod")
    return Target(
        product="amoisekai",
        engine=Engine(tmp_path / "none", live, {}, ignore),
        edge=Edge.model_validate(_WHERE),
        client=World().client,
        door=Door("http://edge.test", "", "/api/health", "key"),
        setting=Setting(live, "amoisekai"),
        journal=Journal(live.root, "prod", "amoisekai"),
        emit=ignore,
    )


def _begun(target: Target, image: str) -> Intent:
    intent = Intent(product="amoisekai", image=image, before=target.setting.read(), serving="abc", rows=[])
    target.journal.write(intent)
    return intent


def test_whoever_has_gone_on_since_meant_it(target: Target) -> None:
    """The stack names a third image by now: it stays, and the record is forgotten."""
    _begun(target, "repository/new@sha256:" + "1" * 64)
    third = "repository/third@sha256:" + "3" * 64
    target.setting.write(third)

    heal(target)

    assert (third, None) == (target.setting.read(), target.journal.read())


def test_of_a_service_that_is_gone_the_configuration_is_put_back(target: Target) -> None:
    """Whoever deleted it meant it; the file names the image before."""
    intent = _begun(target, "repository/new@sha256:" + "1" * 64)
    target.setting.write(intent.image)

    heal(target)

    assert (intent.before, None) == (target.setting.read(), target.journal.read())


def test_a_way_back_that_fails_is_gone_on_with(target: Target) -> None:
    """The record stays, and the command that goes on is named: it asks for the image before, and not for one more."""
    intent = _begun(target, "repository/new@sha256:" + "1" * 64)
    stranger = Client(f"http://127.0.0.1{PATH}", "no-" + "token", transport=Transport(World().app))

    with pytest.raises(Problem) as error:
        heal(replace(target, client=stranger))

    assert (ExitCode.NOT_ROLLED_BACK, intent) == (error.value.exit_code, target.journal.read())
    assert f"--image {intent.before}" in error.value.fix
