"""The way back: what served before a deployment serves again, and configuration and state say so.

Each step finds out what is left to do, so that it can be cut off anywhere and begun again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from delivery.deploying import smoke, state
from delivery.deploying.journal import under_way
from delivery.deploying.target import of
from delivery.engine import stopped
from providers.kit.api import NotFound
from providers.kit.handler import Call, ProviderError
from providers.railway.answers import ENDED
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from delivery.deploying.journal import Intent
    from delivery.deploying.target import Target
    from delivery.engine import Engine
    from providers.railway.answers import Deployment
    from providers.railway.client import Client
    from toolchain.events import Emit

#: Seconds in which what serves again must answer.
_ANSWERS_SECONDS = 30.0


def undo(target: Target, intent: Intent) -> float:
    """Go back to what served before, and forget the deployment.

    Returns:
        Seconds until it served again.

    Raises:
        Problem: it is not known to serve (exit code 17); it serves, and settings (14) or state (12) could not be put
            right. Either way the next run goes on with it.
    """
    started = time.monotonic()
    try:
        try:
            serving = serve_before(target.client, target.where, intent, target.emit)
        except NotFound:
            return _moot(target, intent)
        if serving is not None:
            with target.door.client() as client:
                smoke.answers(target.door, client, _ANSWERS_SECONDS)
        seconds = time.monotonic() - started
    except (ProviderError, smoke.UnprovenError) as error:
        raise _lost(target, intent, error) from error
    what = f"{serving.id} serves" if serving is not None else "nothing served before"
    target.emit(Event("deploy.rolledback.finished", f"back to {intent.before}: {what}", {"seconds": round(seconds, 3)}))
    _put_right(target, intent)
    return seconds


def _moot(target: Target, intent: Intent) -> float:
    """The service itself is gone, whoever deleted it: only the configuration is left to put back."""
    target.setting.write(intent.before)
    target.journal.close()
    return 0.0


def heal_all(engine: Engine, base: str, emit: Emit) -> None:
    """Undo every deployment of a stack that earlier runs began and did not end.

    Args:
        engine: on the stack.
        base: URL where Railway's edge is asked in the sandbox.
        emit: told what is done.

    Raises:
        Problem: as `undo` has it.
    """
    for product in under_way(engine.workspace.root, engine.stack):
        heal(of(engine, product, base, emit))


def heal(target: Target) -> None:
    """Undo a deployment that an earlier run began and did not end, unless the stack names a third image by now.

    Raises:
        Problem: as `undo` has it.
    """
    intent = target.journal.read()
    if intent is None:
        return
    if target.setting.read() not in (intent.image, intent.before):
        target.journal.close()
        target.emit(Event("deploy.healed", f"a deployment of {intent.image} that was cut off: left behind since"))
        return
    undo(target, intent)
    target.emit(Event("deploy.healed", f"an earlier deployment of {intent.image} was cut off: it is undone"))


def serve_before(
    client: Client, where: tuple[str, str], intent: Intent, emit: Emit, call: Callable[[], Call] = Call
) -> Deployment | None:
    """Have what served before serve again.

    Args:
        client: Railway.
        where: service and environment.
        intent: the deployment that is to be undone.
        emit: told of a rollback.
        call: makes a new call of the API.

    Returns:
        What serves; None when nothing did.

    Raises:
        NotFound: the service is gone.
        ProviderError: Railway refuses, could not be asked, or what served before does not come up again.
    """
    now = client.serving(call(), *where)
    latest = now.latest_deployment
    if latest is not None and not latest.serves and latest.status not in ENDED and latest.id != intent.serving:
        client.cancel(call(), latest.id)  # or it would take over later
    if not intent.serving:
        return None
    if now.good is not None and (now.good.id == intent.serving or image(now.good) == intent.before):
        return now.good
    found = client.deployments(call(), *where)
    able = [one for one in found if one.can_rollback and (one.id == intent.serving or image(one) == intent.before)]
    if not able:
        emit(Event("deploy.rollback.started", f"Railway keeps no deployment of {intent.before}: it is deployed anew"))
        client.update_instance(call(), *where, {"source": {"image": intent.before}})
        return client.wait(call(), client.deploy(call(), *where))
    first = next((one for one in able if one.id == intent.serving), able[0])
    emit(Event("deploy.rollback.started", f"rollback to deployment {first.id}"))
    return client.rollback(call(), *where, first.id)


def image(deployment: Deployment) -> str:
    """The image that a deployment was made from; empty: Railway does not say."""
    return str((deployment.meta or {}).get("image") or "")


def _put_right(target: Target, intent: Intent) -> None:
    """Put the service's settings, configuration and state back to what they said before.

    Raises:
        Problem: Railway (exit code 14) or the engine (12) does not.
    """
    try:
        target.client.update_instance(Call(), *target.where, {"source": {"image": intent.before}})
    except ProviderError as error:
        raise Problem(
            f"{intent.before} serves, and its settings could not be put back: {error}",
            where=_service(target),
            fix=_again(target, intent),
            exit_code=ExitCode.VENDOR,
        ) from error
    target.setting.write(intent.before)
    now = target.engine.state()
    back = state.replaced(now, intent.rows)
    if back != now:
        ours_alone(target, now, intent.rows)
        target.engine.put_state(back)
    refresh(target, intent.rows)
    target.journal.close()


def ours_alone(target: Target, now: state.Row, rows: list[state.Row]) -> None:
    """Stop where an update of anything else was cut off: putting rows back would forget what that one has begun.

    Raises:
        Problem: one was (exit code 12).
    """
    if others := state.begun_elsewhere(now, rows):
        raise Problem(
            f"an update was cut off, and nobody saw what became of {', '.join(others[:10])}",
            where=f"the state of stack {target.stack}",
            fix=f"pulumi refresh --stack {target.stack}, then gw deploy again",
            exit_code=ExitCode.ENGINE,
        )


def refresh(target: Target, rows: list[state.Row]) -> None:
    """Have the state say what is of these resources, and of no other.

    Raises:
        Problem: the engine cannot read them (exit code 12).
    """
    if not rows:
        return  # without a target everything would be read
    targets = [f"--target={row['urn']}" for row in rows]
    refreshed = target.engine.run("refresh", ["--yes", "--skip-preview", *targets])
    if refreshed.exit_code != 0:
        raise stopped(f"the engine could not read the live state\n{refreshed.why()}", str(refreshed.output))


def _lost(target: Target, intent: Intent, error: Exception) -> Problem:
    return Problem(
        f"{intent.before}, which served before, is not known to serve: {error}",
        where=_service(target),
        fix=f"look at the service; then {_again(target, intent)}",
        exit_code=ExitCode.NOT_ROLLED_BACK,
    )


def _service(target: Target) -> str:
    return f"Railway: service {target.where[0]}, environment {target.where[1]}"


def _again(target: Target, intent: Intent) -> str:
    """How to go on, as a command; `--rollback` would go back once more."""
    command = f"gw deploy {target.product} --stack {target.stack} --image {intent.before}"
    return f"`{command}` goes on with the way back; to leave all as it is, remove {target.journal.path}"
