"""``python -m sandbox.railway``: the fake as a service."""

from __future__ import annotations

from sandbox.fake.command import run
from sandbox.railway.application import Railway

if __name__ == "__main__":
    run(Railway)
