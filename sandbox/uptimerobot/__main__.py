"""``python -m sandbox.uptimerobot``: the fake as a service."""

from __future__ import annotations

from sandbox.fake.command import run
from sandbox.uptimerobot.application import UptimeRobot

if __name__ == "__main__":
    run(UptimeRobot)
