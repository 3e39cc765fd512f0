"""`gw import`: what already runs is taken into a stack's state, and nothing of it is changed or made anew.

Declared and live are matched by natural keys; what is matched goes into the engine's own import file, and the engine
imports it. A preview at the end tells what an update would still do. What is in the state already is left alone, so
a run that was cut off anywhere goes on where it ended.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from delivery import stacks, turn
from delivery.engine import stopped
from delivery.importing import cloudflare, differences, file, own
from delivery.importing.matching import Matches, match
from delivery.importing.vendors import KEYS, TOKENS, Vendors, theirs
from delivery.workspace import PROJECT, STACK
from infra.settings import STACKS, check_file
from policies import preview
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from delivery.engine import Engine, Outcome
    from delivery.importing.differences import Difference
    from policies.preview import Resource
    from toolchain.events import Emit

#: What Railway's ids look like: a UUID.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: What stands in a stack file where the stack makes the project itself.
_OWN = "own"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the user asked for.

    Attributes:
        place: the repository and the sandbox's folder.
        product: whose edge it is.
        project_id: the Railway project that it runs in.
        stack: the stack that is to manage it.
        dry_run: only write the file and tell; nothing is imported.
        environment: variables that may hold tokens.
    """

    place: stacks.Place
    product: str
    project_id: str
    stack: str = STACK
    dry_run: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """How it went.

    Attributes:
        stack: the stack.
        listed: the import file.
        matches: how declared and live go together.
        added: URNs of what the file lists, components left out.
        anew: what is declared and cannot be taken over: the next update makes it.
        elsewhere: how many resources of anyone else the next update creates, by type.
        different: what an update would still change of what is in the state; empty in a dry run, which does not know.
        refused: why the engine would refuse that update, as that of a protected resource to be replaced.
        dry_run: whether nothing was imported.
    """

    stack: str
    listed: Path
    matches: Matches
    added: tuple[str, ...]
    anew: tuple[Resource, ...]
    elsewhere: Mapping[str, int]
    different: tuple[Difference, ...]
    refused: tuple[str, ...]
    dry_run: bool

    @property
    def exit_code(self) -> ExitCode:
        """Whether the edge is now as declared."""
        open_ends = (self.matches.missing, self.matches.ambiguous, self.anew, self.different, self.refused)
        return ExitCode.UNMATCHED if any(open_ends) else ExitCode.OK


def take_over(request: Request, emit: Emit) -> TakenOver:
    """Find, match, list, import, and look at what is left.

    Raises:
        Problem: with the documented exit code of whatever went wrong.
        OSError: the sandbox's folder cannot be written to, or the disk is full.
    """
    _check(request)
    request.place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with turn.taken(request.place.root, "gw import", emit):
        engine, endpoint = _engine(request, emit)
        emit(Event("import.previewing", f"preview of the {engine.stack} stack: what it declares"))
        listed = engine.workspace.folder / "import.json"
        listed.unlink(missing_ok=True)  # an earlier import's says nothing of this one
        declared = _ended(engine.missing(listed))
        stack = preview.read(declared.output)
        resources = preview.declared(stack.resources)
        emit(Event("import.looking", "what is live at the vendors"))
        matches = match(resources, Vendors(engine, endpoint).look(resources, request.project_id), KEYS)
        wanted = file.read(listed).filled(matches.matched, stack.stack, stack.project)
        file.write(listed, wanted)
        urns = wanted.urns(stack.stack, stack.project)
        added = tuple(urns[row.name] for row in wanted.resources if not row.component)
        if added and not request.dry_run:
            emit(Event("import.importing", f"import of {len(added)} resources", {"resources": len(added)}))
            import_listed(engine, wanted, {one.urn for one in resources if one.protect})
        emit(Event("import.finished", f"{len(matches.matched)} resources are matched", {"added": len(added)}))
        different, refused = ((), ()) if request.dry_run else _different(engine, matches)
        new = [one for one in resources if one.operation == "create"]
        return TakenOver(
            stack=stack.stack,
            listed=listed,
            matches=matches,
            added=added,
            anew=tuple(one for one in new if one.token == cloudflare.TOKEN),
            elsewhere=Counter(one.token for one in new if not theirs(one.token)),
            different=different,
            refused=refused,
            dry_run=request.dry_run,
        )


def import_listed(engine: Engine, wanted: file.ImportFile, protected: Collection[str]) -> None:
    """Import what is listed: one file for all that the program protects, then one for the rest.

    The engine has one word for all of a file, and what it protects it replaces only after an update took that off.

    Args:
        engine: on the stack.
        wanted: the whole file.
        protected: URNs of what the program protects.

    Raises:
        Problem: the engine stopped (exit codes 7, 12); what it has imported until then stays.
    """
    urns = wanted.urns(engine.stack, PROJECT)
    for protect in (True, False):
        part = wanted.only({name for name, urn in urns.items() if (urn in protected) is protect})
        if part.resources:
            path = engine.workspace.folder / f"import-{'protected' if protect else 'others'}.json"
            file.write(path, part)
            _ended(engine.take_over(path, protect=protect))


def _different(engine: Engine, matches: Matches) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """What the next update would change of the vendors' resources that have a match, and why it could not.

    Raises:
        Problem: the preview ended before it could tell (exit codes 7, 12).
    """
    engine.emit(Event("import.comparing", "preview: is all that was matched as declared?"))
    outcome = engine.difference()
    try:
        found = differences.read(outcome.output)
    except ValueError:
        raise _stopped(outcome) from None
    return tuple(found[urn] for urn in sorted(matches.matched) if urn in found), refusals(outcome)


def refusals(outcome: Outcome) -> tuple[str, ...]:
    """Why the engine would refuse what it previewed, a line for each resource.

    Raises:
        Problem: the preview failed, and for no resource (exit codes 7, 12).
    """
    if outcome.exit_code == 0:
        return ()
    # Of each, the first line: what follows is advice for another case. What names no resource is that it failed.
    refused = tuple(error.splitlines()[0] for error in outcome.errors if ": " in error)
    if not refused:
        raise _stopped(outcome)
    return refused


def _check(request: Request) -> None:
    """Stop before anything starts on what cannot be meant.

    Raises:
        Problem: there is no such stack or product, what should be the project's id is none, or the stack is of another
            project (exit code 2); the stack file is wrong (3).
    """
    if not _ID.fullmatch(request.project_id):
        what = f"{request.project_id!r} is no project's id"
        raise _usage(what, "32 hexadecimal digits in five groups, as in the project's URL at Railway")
    if request.stack not in STACKS:
        raise _usage(f"there is no stack {request.stack!r}", ", ".join(STACKS))
    path = request.place.checkout / f"Pulumi.{request.stack}.yaml"
    config = check_file(path, secrets=False)
    if request.product not in config.products:
        raise _usage(f"the stack {request.stack} has no product {request.product!r}", ", ".join(config.products))
    if config.railway.project not in (_OWN, request.project_id):
        raise _usage(
            f"the stack {request.stack} is of another project than {request.project_id}",
            f"groundwork:railway.project in {path.name}: {config.railway.project}",
        )


def _engine(request: Request, emit: Emit) -> tuple[Engine, str]:
    """The engine on the stack, and the base URL of Cloudflare's API: the sandbox's, or the vendor's own."""
    if request.stack == STACK:
        running = stacks.start(request.place, emit)
        return stacks.engine(request.place, running, emit), running.connections.cloudflare
    tokens = {key: value for key, name in TOKENS.items() if (value := request.environment.get(name))}
    return own.engine(request.place, request.stack, tokens, sys.executable, emit), cloudflare.ENDPOINT


def _ended(outcome: Outcome) -> Outcome:
    """The outcome of an engine's run that went well.

    Raises:
        Problem: it did not (exit codes 7, 12).
    """
    if outcome.exit_code != 0:
        raise _stopped(outcome)
    return outcome


def _stopped(outcome: Outcome) -> Problem:
    """The problem that the engine's end is; `gw import` may be on a stack that no other command of ours works on."""
    problem = stopped(f"the engine stopped\n{outcome.why()}", str(outcome.output))
    problem.fix = "mend what it names, then run gw import again: it goes on from here"
    return problem


def _usage(what: str, allowed: str) -> Problem:
    return Problem(what, allowed=allowed, fix="gw import --help", exit_code=ExitCode.USAGE)
