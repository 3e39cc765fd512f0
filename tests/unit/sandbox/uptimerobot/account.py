"""An account of the fake, asked in this process."""

from __future__ import annotations

from typing import Any

import httpx

from sandbox.fake.transport import Transport
from sandbox.uptimerobot.application import BASE, UptimeRobot
from tests.unit.sandbox.clock import Clock

KEY = "a-" + "key-for-tests"
HTTP: dict[str, Any] = {
    "type": "HTTP",
    "friendlyName": "A & B",
    "interval": 300,
    "url": "https://example.com/?a=1&b=2",
    "timeout": 30,
}


class Account:
    """The fake, its clock and a client that shows the key."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.app = UptimeRobot(KEY, clock=self.clock)
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1{BASE}/",
            headers={"Authorization": f"Bearer {KEY}"},
            transport=Transport(self.app),
        )

    def ask(self, method: str, path: str, body: object = None, status: int = 200) -> Any:  # noqa: ANN401 - JSON
        """What it answers, with the status that is expected."""
        answer = self.http.request(method, path, json=body)
        assert status == answer.status_code, answer.text
        return answer.json()

    def monitor(self, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """A monitor, made."""
        made: dict[str, Any] = self.ask("POST", "monitors", {**HTTP, **fields}, 201)
        return made
