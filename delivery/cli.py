"""The `gw` command: wires the steps to the command line, and every problem to one screen and its exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from delivery import report
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from types import FrameType

app = typer.Typer(
    name="gw",
    help="Groundwork: the operations of small AI products, declared, held to policies, and proven.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

#: Where `Pulumi.yaml` is: the package is installed in place.
CHECKOUT = Path(__file__).resolve().parent.parent
#: What it means that the sandbox's folder cannot be used; any other `OSError` is a fault of ours.
_NOT_WRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS})


class Format(StrEnum):
    """How a command's result is printed."""

    TEXT = "text"
    JSON = "json"


def _root() -> Path:
    """The sandbox's folder: below the checkout, or where GROUNDWORK_SANDBOX says (the tests' own)."""
    return Path(os.environ.get("GROUNDWORK_SANDBOX") or CHECKOUT / ".sandbox").absolute()


@app.command()
def up(
    database: Annotated[
        str, typer.Option("--db", envvar="DB", help="Your own SQLite database, instead of the sample.")
    ] = "",
) -> None:
    """Bring the platform up on this machine, and prove a backup of a live database."""
    from delivery import stacks, summary, up as steps  # noqa: PLC0415, I001 - other commands start without all of this

    wanted = Path(database).expanduser() if database else None
    with report.Reporter() as emit:
        result = steps.up(steps.Request(stacks.Place(CHECKOUT, _root()), wanted), emit)
    summary.show(result)


@app.command()
def deploy(
    product: Annotated[str, typer.Argument(help="The product, as amoisekai.")],
    *,
    image: Annotated[
        str, typer.Option("--image", help="NAME@sha256:DIGEST; in the local stack also sandbox/NAME:TAG.")
    ] = "",
    rollback: Annotated[bool, typer.Option("--rollback", help="Back to what served before.")] = False,
    stack: Annotated[str, typer.Option("--stack", help="local, staging or prod.")] = "local",
) -> None:
    """Deploy an image to Railway: through the gate, until it is healthy and proven; else what served before serves."""
    from delivery import stacks  # noqa: PLC0415 - other commands start without it
    from delivery.deploying import showing, steps  # noqa: PLC0415 - as above

    if bool(image) == rollback:
        raise Problem(
            "say what is to serve",
            allowed="one of --image and --rollback",
            fix="gw deploy --help",
            exit_code=ExitCode.USAGE,
        )
    place = stacks.Place(CHECKOUT, _root())
    request = steps.Request(place=place, product=product, stack=stack, image=image)
    with report.Reporter() as emit:
        done = steps.deploy(request, emit)
    showing.show(done)


@app.command()
def gate(  # noqa: PLR0913 - one parameter for each option
    *,
    stack: Annotated[str, typer.Option("--stack", help="Only this one: local, staging or prod.")] = "",
    preview: Annotated[
        Path | None, typer.Option("--preview", help="`pulumi preview --json --show-sames` of any program, in a file.")
    ] = None,
    events: Annotated[Path | None, typer.Option("--events", help="The engine's event log of that preview.")] = None,
    files: Annotated[
        bool | None, typer.Option("--files/--no-files", help="The repository's files; on where nothing else is named.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, json, sarif or junit.")] = "text",
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", help="FORMAT=FILE, also more than once.")
    ] = None,
) -> None:
    """Judge all stacks and the repository's files: every engine, one list of findings, nothing is changed."""
    from delivery import gating  # noqa: PLC0415 - other commands start without it

    asked = gating.Asked(stack=stack, preview=preview, events=events, files=files, form=form, output=output or ())
    with report.Reporter() as emit:
        found = gating.judge(asked, CHECKOUT, _root(), emit)
    raise typer.Exit(gating.show(found, asked, CHECKOUT))


@app.command(name="import")
def import_(
    product: Annotated[str, typer.Argument(help="Whose edge it is: amoisekai.")],
    *,
    project_id: Annotated[str, typer.Option("--project-id", help="The Railway project; it stands in its URL.")],
    stack: Annotated[
        str, typer.Option("--stack", help="The stack that is to manage it: local, staging or prod.")
    ] = "local",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write the import file and tell what is matched; import nothing.")
    ] = False,
) -> None:
    """Take what already runs into a stack: Railway, UptimeRobot and Cloudflare; nothing of it is changed."""
    from delivery import stacks  # noqa: PLC0415 - other commands start without it
    from delivery.importing import run, summary  # noqa: PLC0415 - as above

    request = run.Request(
        place=stacks.Place(CHECKOUT, _root()),
        product=product,
        project_id=project_id,
        stack=stack,
        dry_run=dry_run,
        environment=os.environ,
    )
    with report.Reporter() as emit:
        result = run.take_over(request, emit)
    summary.show(result)
    raise typer.Exit(result.exit_code)


@app.command()
def down(
    *,
    purge: Annotated[bool, typer.Option("--purge", help="Also remove the sandbox's folder, backups and all.")] = False,
) -> None:
    """Stop the sandbox; what was stored stays, unless purged."""
    from delivery import lifecycle  # noqa: PLC0415 - other commands start without it

    with report.Reporter() as emit:
        lifecycle.down(_root(), emit, purge=purge)


@app.command()
def status(output: Annotated[Format, typer.Option("--output", "-o")] = Format.TEXT) -> None:
    """Show what runs: each service with its state, port, memory and restarts."""
    from delivery import lifecycle  # noqa: PLC0415 - other commands start without it

    lifecycle.status(_root(), as_json=output is Format.JSON)


@app.command()
def logs(
    service: Annotated[str, typer.Argument(help="A service as `gw status` names it, `pulumi-preview` or `pulumi-up`.")],
    lines: Annotated[int, typer.Option("--lines", "-n", min=1)] = 50,
) -> None:
    """Show the last lines of a service's log."""
    from delivery import lifecycle  # noqa: PLC0415 - other commands start without it

    lifecycle.logs(_root(), service, lines)


@app.command()
def doctor(output: Annotated[Format, typer.Option("--output", "-o")] = Format.TEXT) -> None:
    """List each tool: found where, at which version, or what to do."""
    from delivery import lifecycle  # noqa: PLC0415 - other commands start without it

    lifecycle.doctor(as_json=output is Format.JSON)


@app.command()
def secrets(
    stack: Annotated[str, typer.Option("--stack", help="Only this one: local, staging or prod.")] = "",
    output: Annotated[Format, typer.Option("--output", "-o")] = Format.TEXT,
) -> None:
    """List every secret of staging and prod: where it is kept, how old it is, and what is older than 90 days."""
    import datetime as dt  # noqa: PLC0415 - other commands start without it

    from delivery import secrets as steps  # noqa: PLC0415 - as above

    today = dt.datetime.now(tz=dt.UTC).date()
    rows = [row for one in ([stack] if stack else ["staging", "prod"]) for row in steps.kept(CHECKOUT, one, today)]
    steps.show(rows, as_json=output is Format.JSON)


@app.command()
def toolchain(
    *,
    gate: Annotated[bool, typer.Option("--gate", help="Also what `gw gate` may ask for: actionlint, helm.")] = False,
) -> None:
    """Find or build the tools that `gw up` needs, checkov among them, and nothing else."""
    from policies.checkov import environment  # noqa: PLC0415 - other commands start without it
    from toolchain.provide import provide  # noqa: PLC0415 - as above
    from toolchain.tools import NEEDED_BY_GATE, NEEDED_BY_UP  # noqa: PLC0415 - as above

    with report.Reporter() as emit:
        provide((*NEEDED_BY_UP, *(NEEDED_BY_GATE if gate else ())), emit)
        environment.python(emit)


def main() -> None:
    """Run `gw`; a `Problem` becomes one screen and its exit code, Ctrl-C and SIGTERM a clean stop."""
    # Also where SIGINT came in ignored, as a shell's background job and some CI runners have it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _terminated)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # the terminal was closed; `nohup` ignores that
        signal.signal(signal.SIGHUP, _terminated)
    try:
        app()  # ends by SystemExit: 0, 2 for a wrong command line, 130 when interrupted
    except Problem as problem:
        _end(problem)
    except OSError as error:
        if error.errno not in _NOT_WRITABLE:
            raise
        from sandbox.layout import unwritable  # noqa: PLC0415 - needed for this one screen

        _end(unwritable(_root(), error))
    except SystemExit as done:
        if done.code == ExitCode.INTERRUPTED:
            fix = "run it again: it goes on from here"
            report.show_problem(Problem("interrupted", fix=fix, exit_code=ExitCode.INTERRUPTED))
        raise


def _end(problem: Problem) -> NoReturn:
    report.show_problem(problem)
    sys.exit(problem.exit_code)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
