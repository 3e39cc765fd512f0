"""`gw deploy`, step by step: configuration, preview, gate, update, smoke test; on any failure the way back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from delivery import gate, stacks, turn
from delivery.deploying import smoke, state
from delivery.deploying import target as targets
from delivery.deploying.journal import Intent
from delivery.deploying.setting import Setting
from delivery.deploying.undoing import heal, image, ours_alone, refresh, undo
from delivery.live import Live
from infra.settings import STACKS
from policies import preview as previews
from policies import report as policy_report
from policies.domain.images import complaint
from providers.kit.handler import Call, ProviderError
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from delivery.deploying.target import Target
    from delivery.engine import Outcome
    from providers.railway.answers import Deployment
    from toolchain.events import Emit


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is to be deployed.

    Attributes:
        place: the repository and the sandbox.
        product: the product.
        stack: the stack.
        image: the image; empty: what served before the one that serves now.
    """

    place: stacks.Place
    product: str
    stack: str
    image: str

    def __post_init__(self) -> None:
        """Raises: Problem: no such stack, or no image that may run there (exit code 2)."""
        if self.stack not in STACKS:
            raise _usage(f"there is no stack {self.stack!r}", ", ".join(STACKS))
        if self.image and (wrong := complaint(self.image, self.stack)):
            raise _usage(wrong, "NAME@sha256:<64 hex digits>; in the local stack also sandbox/NAME:TAG")


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """What serves now.

    Attributes:
        product: the product.
        stack: the stack.
        image: the image that serves.
        before: the one that served before; the same: there was nothing to do.
        deployment: Railway's id of what serves.
        rounds: how many times the smoke test was good.
        file: the stack file whose line changed, to be committed; empty: none.
        seconds: from the first change to the last good answer.
    """

    product: str
    stack: str
    image: str
    before: str
    deployment: str
    rounds: int
    file: str
    seconds: float


def deploy(request: Request, emit: Emit) -> Deployed:
    """Bring an image to where it serves and is proven, or have what served before serve again.

    Raises:
        Problem: nothing was changed (exit codes 3, 5, 12, 13, 14); what served before serves again (16); or that is
            not known (17).
        OSError: a file cannot be written.
    """
    stacks.check(request.place, request.stack)
    Setting(Live(request.place.checkout, request.place.root, request.stack), request.product).read()
    gate.prepare()
    with turn.taken(request.place.root, "gw deploy", emit):
        try:
            target = targets.opened(request.place, request.stack, request.product, emit)
            heal(target)
            return _forward(target, request) if request.image else _back(target)
        except ProviderError as error:
            raise Problem(str(error), fix="nothing was changed: run it again", exit_code=ExitCode.VENDOR) from error


def _forward(target: Target, request: Request) -> Deployed:
    before, serving = target.setting.read(), _serving(target)
    if before == request.image and serving:
        return _done(target, before=before, image=before, started=time.monotonic())
    started = time.monotonic()
    intent = _begin(target, request.image, before, serving)
    preview = _judged(target, request, before)
    return _tried(target, intent, started, lambda: _updated(target, preview))


def _back(target: Target) -> Deployed:
    """Go back by hand: to the newest good deployment of another image."""
    before, serving = target.setting.read(), _serving(target)
    able = good_before(target.client.deployments(Call(), *target.where), before)
    if not able:
        raise Problem(
            f"Railway keeps no deployment of another image than {before}",
            where=f"service {target.where[0]}",
            fix=f"gw deploy {target.product} --image IMAGE",
            exit_code=ExitCode.VENDOR,
        )
    started = time.monotonic()
    intent = _begin(target, image(able[0]), before, serving)
    return _tried(target, intent, started, lambda: _gone_back(target, intent, able[0]))


def good_before(found: Sequence[Deployment], serving: str) -> list[Deployment]:
    """The deployments of other images that can be gone back to, the newest first.

    One that a rollback has left already is none: it served, and did not prove itself or was not wanted.

    Args:
        found: all that Railway keeps, the newest first.
        serving: the image that serves.
    """
    left = {older.id for newer, older in pairwise(found) if (newer.meta or {}).get("reason") == "rollback"}
    return [one for one in found if one.can_rollback and one.id not in left and image(one) not in ("", serving)]


def _begin(target: Target, wanted: str, before: str, serving: str) -> Intent:
    """Write down what is about to be done, before anything is.

    Raises:
        Problem: an update of something else was cut off (exit code 12).
    """
    now = target.engine.state()
    rows = state.rows(now, *target.where)
    ours_alone(target, now, rows)
    intent = Intent(product=target.product, image=wanted, before=before, serving=serving, rows=rows)
    target.journal.write(intent)
    return intent


def _judged(target: Target, request: Request, before: str) -> Outcome:
    """Preview with the new image in the configuration, through the gate; on a refusal the configuration is put back.

    Raises:
        Problem: the preview or the gate forbids it, or the stack has other changes (exit code as theirs).
    """
    try:
        target.setting.write(request.image)
        target.emit(Event("deploy.previewing", f"preview with {request.image}, held to the policies"))
        preview = target.engine.preview(request.place.checkout / "policies")
        gate.stop(gate.of_preview(request.place, preview, target.emit), "nothing was changed")
        _only_the_image(target, preview)
    except Problem:
        target.setting.write(before)
        target.journal.close()
        raise
    return preview


def _only_the_image(target: Target, preview: Outcome) -> None:
    """Stop on a stack that has other changes: they were not what someone asked for.

    Raises:
        Problem: it has (exit code 3).
    """
    read = previews.read(preview.output)
    others = [
        f"  {row.operation} {row.urn.rpartition('::')[2]} ({row.token})"
        for row in read.resources
        if row.custom and row.operation not in ("same", "refresh") and row.token not in state.CHANGED
    ]
    others += [f"  delete {urn.rpartition('::')[2]}" for urn in read.gone]
    if others:
        raise Problem(
            "the stack has other changes, which a deployment does not make; nothing was changed\n"
            + "\n".join(others[:10]),
            where=target.setting.file.name,
            fix="make up" if target.engine.workspace.embedded else f"pulumi up --stack {target.stack}",
            exit_code=ExitCode.CONFIG,
        )


def _tried(target: Target, intent: Intent, started: float, change: Callable[[], None]) -> Deployed:
    """Make the change and prove what serves then; else go back.

    Raises:
        Problem: it went back (exit code 16), or could not (17).
    """
    try:
        change()
        done = _done(target, before=intent.before, image=intent.image, started=started)
    except (Problem, ProviderError, smoke.UnprovenError) as error:
        target.emit(Event("deploy.failed", f"{intent.image} did not prove itself: {_first(error)}"))
        seconds = undo(target, intent)
        raise Problem(
            f"{intent.image} did not prove itself: {error if not isinstance(error, Problem) else error.what}\n"
            f"{intent.before} serves, {seconds:.1f} s after that was seen; configuration and state say so",
            where=f"stack {target.stack}",
            fix=f"mend the image, then gw deploy {target.product} with the next one",
            exit_code=ExitCode.ROLLED_BACK,
        ) from error
    target.journal.close()
    return done


def _updated(target: Target, preview: Outcome) -> None:
    target.emit(Event("deploy.updating", f"update: {preview.changed} changes"))
    outcome = target.engine.update(target.engine.workspace.checkout / "policies")
    forbidden = [row for row in policy_report.findings(outcome.event_log, preview.output) if row.stops]
    if forbidden:
        raise gate.forbids(forbidden, "what was done before it is undone")
    if outcome.exit_code != 0:
        raise Problem(outcome.why(), where=str(outcome.output), exit_code=ExitCode.ENGINE)


def _gone_back(target: Target, intent: Intent, to: Deployment) -> None:
    target.emit(Event("deploy.rollback.started", f"rollback to deployment {to.id} of {image(to)}"))
    started = time.monotonic()
    target.client.rollback(Call(), *target.where, to.id)
    seconds = time.monotonic() - started
    target.emit(Event("deploy.rolledback.finished", f"{image(to)} serves", {"seconds": round(seconds, 3)}))
    target.client.update_instance(Call(), *target.where, {"source": {"image": image(to)}})
    target.setting.write(image(to))
    refresh(target, intent.rows)


def _done(target: Target, *, before: str, image: str, started: float) -> Deployed:
    """Prove what serves now.

    Raises:
        UnprovenError: it is not well.
    """
    rounds = smoke.prove(target.door, target.emit)
    file = "" if target.engine.workspace.embedded or before == image else target.setting.file.name
    return Deployed(
        product=target.product,
        stack=target.stack,
        image=image,
        before=before,
        deployment=_serving(target),
        rounds=rounds,
        file=file,
        seconds=time.monotonic() - started,
    )


def _serving(target: Target) -> str:
    """Id of the deployment that serves; empty: none does."""
    good = target.client.serving(Call(), *target.where).good
    return good.id if good else ""


def _first(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _usage(what: str, allowed: str) -> Problem:
    return Problem(what, allowed=allowed, fix="gw deploy --help", exit_code=ExitCode.USAGE)
