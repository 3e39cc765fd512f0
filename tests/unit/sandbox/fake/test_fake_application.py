"""What every fake does, shown on the smallest one: a list of names."""

from __future__ import annotations

import json
import math
import shutil
import stat
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sandbox.fake import Application
from sandbox.fake.answers import as_json
from sandbox.fake.store import HISTORY_BYTES, Store
from sandbox.fake.transport import Transport
from tests.unit.sandbox.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from werkzeug.wrappers import Request, Response

    from sandbox.fake.store import Document

_TOKEN = "a-token"  # noqa: S105 - of this test alone


class Names(Application):
    """``GET /names`` lists, ``POST /names/<name>`` adds; a name that is ``bad`` breaks off half way."""

    def initial(self) -> Document:
        """No names."""
        return {"names": []}

    def operations(self, request: Request) -> list[str]:
        """The method and the template of the path."""
        return [f"{request.method} /names" if request.method == "GET" else "POST /names/{name}"]

    def reads(self, request: Request) -> bool:
        """A GET changes nothing."""
        return request.method == "GET"

    def answer(self, request: Request, state: Document, now: float) -> Response:
        """All names."""
        del now
        if request.method == "POST":
            name = request.path.rpartition("/")[2]
            state["names"].append(name)
            if name == "bad":
                raise RuntimeError(name)
        return as_json(state["names"])

    def error(self, status: int, message: str) -> Response:
        """A message."""
        return as_json({"message": message}, status)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The file that keeps the state."""
    return tmp_path / "state.json"


@pytest.fixture
def connect(state: Path, clock: Clock) -> Callable[..., httpx.Client]:
    """Makes clients of a fake that was just started, each of a process of its own."""

    def client(token: str = _TOKEN) -> httpx.Client:
        application = Names(_TOKEN, state, clock=clock)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(transport=Transport(application), base_url="http://fake.test", headers=headers)

    return client


@pytest.fixture
def client(connect: Callable[..., httpx.Client]) -> httpx.Client:
    """A client with the right token."""
    return connect()


def _fault(client: httpx.Client, kind: str, **more: object) -> None:
    document = {"operation": "POST /names/{name}", "kind": kind, **more}
    client.post("/_sandbox/faults", json=document).raise_for_status()


def _names(client: httpx.Client) -> Any:  # noqa: ANN401 - JSON
    return client.get("/names").json()


def _counts(client: httpx.Client) -> Any:  # noqa: ANN401 - JSON
    return client.get("/_sandbox/requests").json()


@pytest.mark.parametrize("path", ["/names", "/_sandbox/state", "/_sandbox/requests"])
def test_without_the_token_nobody_gets_in(connect: Callable[..., httpx.Client], path: str) -> None:
    """Another token is refused, by the vendor's API and by the admin endpoints."""
    assert 401 == connect("another").get(path).status_code


def test_a_fake_without_a_token_does_not_start(state: Path) -> None:
    """An empty token file would let everybody in who shows none."""
    with pytest.raises(ValueError, match="token"):
        Names("", state)


def test_anyone_may_ask_whether_it_is_up(connect: Callable[..., httpx.Client]) -> None:
    """The supervisor has no token."""
    assert 200 == connect("").get("/healthz").status_code


def test_a_change_is_on_disk_before_its_answer(client: httpx.Client, state: Path) -> None:
    """A fake that is killed after its answer has lost nothing; what it holds is for its owner alone."""
    client.post("/names/a")

    assert ({"names": ["a"]}, 0o600) == (json.loads(state.read_bytes()), stat.S_IMODE(state.stat().st_mode))


def test_a_fake_goes_on_where_it_was(client: httpx.Client, connect: Callable[..., httpx.Client]) -> None:
    """A new process reads the state of the last."""
    client.post("/names/a")

    assert ["a"] == _names(connect())


def test_a_state_that_cannot_be_read_is_put_aside(connect: Callable[..., httpx.Client], state: Path) -> None:
    """The fake begins anew, and what it could not read is still there."""
    state.write_text("{half")

    assert ([], "{half") == (_names(connect()), state.with_suffix(".unreadable").read_text())


def test_an_older_state_gets_what_it_lacks(connect: Callable[..., httpx.Client], state: Path) -> None:
    """A new version of a fake may keep more than the last."""
    state.write_text('{"other": 1}')

    assert {"other": 1, "names": []} == connect().get("/_sandbox/state").json()


def test_what_breaks_half_way_changes_nothing(client: httpx.Client) -> None:
    """An answer that fails leaves the state as it was before."""
    client.post("/names/a")
    with pytest.raises(RuntimeError):
        client.post("/names/bad")

    assert ["a"] == _names(client)


def test_what_cannot_be_kept_was_not_done(client: httpx.Client, state: Path) -> None:
    """A disk that is full, a folder that is gone: an error that says so, and everything is as it was."""
    client.post("/names/a")
    shutil.rmtree(state.parent)
    answer = client.post("/names/b")

    assert (500, True, ["a"]) == (answer.status_code, "No such file" in answer.json()["message"], _names(client))


def test_half_written_states_do_not_pile_up(connect: Callable[..., httpx.Client], state: Path) -> None:
    """What a killed fake left beside its state goes at the next start: it holds secrets."""
    left = state.with_name(f".{state.name}.abc")
    left.write_text("{half")
    connect().post("/names/a")

    assert [state] == list(state.parent.iterdir())


def test_a_state_that_lacks_something_is_refused(client: httpx.Client) -> None:
    """A mistyped state does not look like a broken fake."""
    answer = client.put("/_sandbox/state", json={"name": []})

    assert (400, True, []) == (answer.status_code, "names" in answer.text, _names(client))


def test_what_was_is_not_kept_for_ever() -> None:
    """Many large writes within the half minute do not fill the memory: the oldest are forgotten first."""
    store = Store.open(None, {"last": 0})
    megabyte = "x" * 2**20
    for number in range(1, 2 * HISTORY_BYTES // len(megabyte)):
        store.replace({"last": number, "text": megabyte}, float(number) / 10)

    last = number - HISTORY_BYTES // len(megabyte) + 1
    assert (True, last) == (store.remembered <= HISTORY_BYTES, store.at(0.0)["last"])


def test_a_limited_request_says_when_to_come_back(client: httpx.Client) -> None:
    """429 with whole seconds, and nothing was done."""
    _fault(client, "limited", seconds=1.5)
    answer = client.post("/names/a")

    assert (429, "2", []) == (answer.status_code, answer.headers["Retry-After"], _names(client))


def test_an_error_has_the_status_asked_for(client: httpx.Client) -> None:
    """A server's error: nothing was done."""
    _fault(client, "error", status=503)

    assert (503, []) == (client.post("/names/a").status_code, _names(client))


def test_a_time_out_does_nothing(client: httpx.Client) -> None:
    """The caller waits for nothing, and nothing was done."""
    _fault(client, "timeout", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/names/a")

    assert [] == _names(client)


def test_a_lost_answer_was_a_write(client: httpx.Client) -> None:
    """The work is done, its caller does not hear of it."""
    _fault(client, "lost")
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/names/a")

    assert ["a"] == _names(client)


def test_a_lagging_read_shows_what_was(client: httpx.Client, clock: Clock) -> None:
    """A read shows the state of so many seconds ago, for as often as was asked for."""
    client.post("/names/a")
    clock.now += 2
    client.post("/names/b")
    clock.now += 1
    _fault(client, "lag", operation="GET /names", seconds=2, times=2)
    shown = [_names(client)]
    clock.now += 1
    shown += [_names(client), _names(client)]

    assert [["a"], ["a", "b"], ["a", "b"]] == shown


def test_writes_do_not_lag(client: httpx.Client) -> None:
    """A write in a time of lag is done on what is there now."""
    client.post("/names/a")
    _fault(client, "lag", seconds=10)
    client.post("/names/b")

    assert ["a", "b"] == _names(client)


def test_a_fault_hits_as_often_as_was_asked_for(client: httpx.Client) -> None:
    """Then it is gone."""
    _fault(client, "error", times=2)

    assert [500, 500, 200] == [client.post("/names/a").status_code for _ in range(3)]


def test_a_fault_hits_only_what_it_names(client: httpx.Client) -> None:
    """The whole name has to match, so that one operation's name may begin with another's."""
    _fault(client, "error", operation="GET /name")
    _fault(client, "error", operation="POST .*")

    assert (200, 500) == (client.get("/names").status_code, client.post("/names/a").status_code)


def test_faults_can_be_taken_back(client: httpx.Client) -> None:
    """What has not hit yet never does."""
    _fault(client, "error", times=9)
    client.delete("/_sandbox/faults")

    assert 200 == client.post("/names/a").status_code


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "error"},
        {"operation": "(", "kind": "error"},
        {"operation": "a", "kind": "other"},
        {"operation": "a", "kind": "error", "times": "x"},
        {"operation": "a", "kind": "error", "times": 0},
        {"operation": "a", "kind": "error", "times": math.inf},
        {"operation": "a", "kind": "timeout", "seconds": math.inf},
        {"operation": "a", "kind": "error", "status": 200},
        {"operation": "a", "kind": "error", "time": 1},
    ],
)
def test_a_fault_that_is_none_is_refused(client: httpx.Client, document: object) -> None:
    """A mistyped fault does not look like a test that passes."""
    assert 400 == client.post("/_sandbox/faults", content=json.dumps(document)).status_code


def test_an_unknown_admin_endpoint_is_not_found(client: httpx.Client) -> None:
    """Also one that another fake has."""
    assert 404 == client.put("/_sandbox/images", json={}).status_code


def test_a_limit_ends_with_its_window(client: httpx.Client, clock: Clock) -> None:
    """So many requests in so many seconds, then 429; the next window is a new one."""
    client.put("/_sandbox/limits", json={"requests": 2, "seconds": 10})
    statuses = [client.get("/names").status_code for _ in range(3)]
    clock.now += 10

    assert ([200, 200, 429], 200) == (statuses, client.get("/names").status_code)


def test_a_limit_tells_how_much_is_left(client: httpx.Client, clock: Clock) -> None:
    """Each answer has the limit, what is left of it, and when it is whole again; a refusal says how long to wait."""
    client.put("/_sandbox/limits", json={"requests": 1, "seconds": 10})
    answers = [client.get("/names")]
    clock.now += 4
    answers.append(client.get("/names"))

    told = [(answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remaining"]) for answer in answers]
    resets = {float(answer.headers["X-RateLimit-Reset"]) for answer in answers}
    assert ([("1", "0")] * 2, {clock.now + 6}, "6") == (told, resets, answers[1].headers["Retry-After"])


def test_requests_are_counted_by_operation(client: httpx.Client) -> None:
    """Refused ones too; what an administrator asks is none."""
    _fault(client, "error")
    client.post("/names/a")
    client.post("/names/a")
    client.get("/names")

    assert {"counts": {"POST /names/{name}": 2, "GET /names": 1}, "total": 3} == _counts(client)


def test_counts_begin_anew(client: httpx.Client) -> None:
    """For the next measurement."""
    client.get("/names")
    client.delete("/_sandbox/requests")

    assert {"counts": {}, "total": 0} == _counts(client)


def test_the_state_can_be_changed_behind_everybodys_back(client: httpx.Client, state: Path) -> None:
    """As somebody does in the vendor's console; it lasts."""
    client.put("/_sandbox/state", json={"names": ["c"]})

    assert (["c"], {"names": ["c"]}) == (_names(client), json.loads(state.read_bytes()))
