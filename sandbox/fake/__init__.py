"""What the stand-ins of vendors' APIs share: who may call, state that lasts, faults and limits on demand, counts.

An `Application` is one vendor. `running` serves it on a free port, `transport` answers an httpx client in the process,
`command.run` is what a service's ``__main__`` calls.
"""

from __future__ import annotations

from sandbox.fake.application import Application, DroppedError
from sandbox.fake.faults import Fault, Kind
from sandbox.fake.serving import running, serve

__all__ = ["Application", "DroppedError", "Fault", "Kind", "running", "serve"]
