"""All services: started in the order of their needs, side by side where they need nothing of each other."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import structlog

from sandbox import processes
from sandbox.supervisor.keeper import Keeper, Policy
from sandbox.supervisor.state import Phase, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sandbox.layout import Layout
    from sandbox.services.service import Service

_log = structlog.get_logger()
#: Pause before a state that could not be written is written again.
_SAVE_SECONDS = 0.5


class Supervisor:
    """One run: from the first service's start to the last one's end.

    Attributes:
        layout: the sandbox's folder.
        services: what to run, each after those that it needs.
    """

    def __init__(
        self, layout: Layout, services: Sequence[Service], run: str, fingerprint: str, policy: Policy | None = None
    ) -> None:
        self.layout = layout
        self.services = services
        self._run = run
        self._fingerprint = fingerprint
        self._policy = policy or Policy()
        self._clock_offset = processes.clock_offset()
        self._stop = asyncio.Event()
        self._keepers: dict[str, Keeper] = {}
        self._again: asyncio.TimerHandle | None = None

    async def run(self) -> bool:
        """Run until told to stop; False when a service could not be brought up for the first time.

        Then everything has been stopped, and the state says which one it was.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._stop.set)
        for service in self.services:
            log = self.layout.log(service.name)
            self._keepers[service.name] = Keeper(service, self.layout.root, log, self._save, self._policy)
        self._save()
        _log.info("supervisor.started", run=self._run, services=[*self._keepers])
        tasks = [asyncio.create_task(self._keep(keeper)) for keeper in self._keepers.values()]
        stop = asyncio.create_task(self._stop.wait())
        running = set(tasks)
        came_up = True
        while running and not self._stop.is_set():
            done, _ = await asyncio.wait({*running, stop}, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stop}:
                running.discard(task)
                task.result()  # a fault of the supervisor's own ends it, and says so in its log
            if any(not keeper.was_ready for keeper in self._keepers.values() if keeper.record.phase is Phase.FAILED):
                came_up = False
                break
        if came_up:
            await stop  # services given up later do not take the others along
        for task in (*tasks, stop):
            task.cancel()
        await asyncio.gather(*tasks, stop, return_exceptions=True)
        await self._end()
        _log.info("supervisor.stopped", run=self._run, came_up=came_up)
        return came_up

    async def _keep(self, keeper: Keeper) -> None:
        for name in keeper.service.needs:
            await self._keepers[name].ready.wait()
        await keeper.run()

    async def _end(self) -> None:
        """Stop the services, each after those that need it."""
        for wave in waves(self.services):
            await asyncio.gather(*(self._keepers[name].stop() for name in wave))

    def _save(self) -> None:
        identity = processes.identify(os.getpid())
        if identity is None:
            return
        records = {name: keeper.record for name, keeper in self._keepers.items()}
        state = State(
            run=self._run,
            fingerprint=self._fingerprint,
            supervisor=identity,
            clock_offset=self._clock_offset,
            services=records,
        )
        try:
            state.save(self.layout.state)
            self._again = None
        except OSError as error:  # a full disk: the services matter more than the note of them
            if self._again is None:
                _log.warning("supervisor.state.not_saved", reason=str(error))
            else:
                self._again.cancel()
            # Until there is room the file tells of what was: the next start must not believe it for longer than needed.
            self._again = asyncio.get_running_loop().call_later(_SAVE_SECONDS, self._save)


def waves(services: Iterable[Service]) -> list[list[str]]:
    """The order of stopping: names in waves, no service before those that need it."""
    left = {service.name: set(service.needs) for service in services}
    order: list[list[str]] = []
    while left:
        needed = set().union(*left.values())
        wave = [name for name in left if name not in needed]
        if not wave:
            raise ValueError(f"services need each other in a circle: {', '.join(left)}")
        order.append([str(name) for name in wave])
        for name in wave:
            del left[name]
    return order
