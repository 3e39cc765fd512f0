"""The fakes of Railway, UptimeRobot and Cloudflare as services, each in a process of its own."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest

from sandbox.fake import running
from sandbox.railway.application import PATH, Railway
from sandbox.services.service import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.sandbox import Sandbox
    from tests.e2e.sandbox.conftest import Running

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("cloud")]

_EDGE = (Name.RAILWAY, Name.UPTIMEROBOT, Name.CLOUDFLARE)
_LIMIT_SECONDS = 60.0
_CREATE = 'mutation { projectCreate(input: {name: "kept"}) { id } }'
_NAMES = "{ projects { edges { node { name } } } }"


def _ask(cloud: Running, query: str) -> str:
    headers = {"Authorization": f"Bearer {cloud.connections.edge_token.read_text()}"}
    return httpx.post(cloud.connections.railway, json={"query": query}, headers=headers, trust_env=False).text


@pytest.mark.parametrize("name", _EDGE)
def test_a_fake_takes_the_sandboxs_token_alone(cloud: Running, name: Name) -> None:
    """Whoever reads its state reads secrets."""
    url = {
        Name.RAILWAY: cloud.connections.railway,
        Name.UPTIMEROBOT: cloud.connections.uptimerobot,
        Name.CLOUDFLARE: cloud.connections.cloudflare,
    }[name]
    place = httpx.URL(url).join("/_sandbox/state")
    tokens = (cloud.connections.edge_token.read_text(), "another")

    answers = [httpx.get(place, headers={"Authorization": f"Bearer {token}"}, trust_env=False) for token in tokens]
    assert [200, 401] == [answer.status_code for answer in answers]


def test_fakes_are_small(cloud: Running) -> None:
    """Some 35 MiB each; what stands for all of AWS takes three times that."""
    large = [each.name for each in cloud.sandbox.status() if each.name in _EDGE and each.rss > 60 * 1024**2]

    assert [] == large


def test_a_killed_fake_remembers(cloud: Running) -> None:
    """Its state was on disk before its caller heard of it."""
    _ask(cloud, _CREATE)
    before = cloud.pid(Name.RAILWAY)
    assert before is not None
    psutil.Process(before).kill()

    deadline = time.monotonic() + _LIMIT_SECONDS
    found = ""
    while "kept" not in found and time.monotonic() < deadline:
        try:
            found = _ask(cloud, _NAMES)
        except httpx.TransportError:
            time.sleep(0.1)
    assert (True, True) == ("kept" in found, cloud.pid(Name.RAILWAY) != before)


def test_a_lost_answer_ends_the_connection() -> None:
    """A caller is not left to wait: the work was done, and the connection is closed."""
    with running(Railway("a-token")) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
        client.headers["Authorization"] = "Bearer a-token"
        client.post("/_sandbox/faults", json={"operation": "projectCreate", "kind": "lost"}).raise_for_status()
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(PATH, json={"query": _CREATE})

        assert "kept" in client.post(PATH, json={"query": _NAMES}).text


def test_a_folder_from_before_the_fakes_is_taken_up(small: Callable[[], Sandbox]) -> None:
    """Ports and the token that an older version did not know are made, what it knew stays."""
    sandbox = small()
    first = sandbox.start()
    sandbox.stop()
    layout = sandbox.layout
    ports = json.loads(layout.ports.read_text())
    layout.ports.write_text(json.dumps({name: port for name, port in ports.items() if name not in _EDGE}))
    first.edge_token.unlink()
    layout.edge.rmdir()
    older = {"root", "kubeconfig", "object_store", "object_store_keys", "aws", "pulumi_home"}
    layout.connections.write_text(first.model_dump_json(include=older))

    again = small().start()

    kept = first.model_dump(include=older) == again.model_dump(include=older)
    assert (True, True, True) == (kept, again.edge_token.exists(), layout.edge.is_dir())
