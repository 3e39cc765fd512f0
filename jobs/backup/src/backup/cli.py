"""The command ``backup``: reads settings, runs one command, says one final line, ends with a documented code."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from backup import VERSION, settings
from backup.capture import Job, capture
from backup.events import Field, Tell, teller
from backup.failure import Code, Failure
from backup.manifest import age
from backup.point import Tier
from backup.restore import restore
from backup.status import listing, status
from backup.store import Store
from backup.vault import Vault
from backup.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

    from backup.manifest import Manifest
    from backup.settings import Settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Back up one SQLite database to S3, and prove that it restores. Settings come from BACKUP_* variables.",
)

TierOption = Annotated[Tier, typer.Option("--tier", help="The prefix that the new point goes to.")]
AnyTier = Annotated[Tier | None, typer.Option("--tier", help="Only points of this tier.")]
PointOption = Annotated[str | None, typer.Option("--point", help="The point's id; the newest without it.")]
Json = Annotated[bool, typer.Option("--json", help="JSON lines, on a terminal too.")]
Second = Annotated[bool, typer.Option("--copy", help="Use the second store, BACKUP_COPY_*.")]


COUNTS = "a point counts only once its manifest is there, `backup list` shows which do"


def _tell(*, plain: bool) -> Tell:
    """Make the voice of a command: JSON lines unless on a terminal."""
    return teller(sys.stdout, secrets=settings.secrets(os.environ), plain=True if plain else None)


def _vault(found: Settings, *, second: bool) -> Vault:
    """Open the store that a reading command asks for."""
    if not second:
        return Vault(Store(found.store, "primary"), found.series)
    if found.copy_store is None:
        raise Failure(Code.USAGE, "There is no second store.", where="BACKUP_COPY_ENDPOINT")
    return Vault(Store(found.copy_store, "copy"), found.series)


def _described(manifest: Manifest) -> dict[str, Field]:
    """Give the fields that every event about a point has."""
    database = manifest.database
    return {
        "series": manifest.series,
        "tier": manifest.tier.value,
        "point": manifest.point,
        "rows": database.rows,
        "tables": len(database.tables),
        "bytes": database.bytes,
        "stored_bytes": manifest.stored.bytes,
        "sha256": database.sha256,
        "integrity": "ok",
        "foreign_keys": database.foreign_keys,
        "captured": manifest.captured.isoformat(),
    }


@app.command("capture")
def _capture(tier: TierOption, json: Json = False) -> None:  # noqa: FBT002 - typer's way to write a flag
    """Capture the database, prove that the stored copy restores, and make it a point."""
    found = settings.read(os.environ, database=True)
    tell = _tell(plain=json)
    vaults = [_vault(found, second=False)]
    if found.copy_store is not None:
        vaults.append(_vault(found, second=True))
    database = found.database or Path()  # `read` made sure of it
    done = capture(Job(database, tier, vaults, found.scratch, found.busy_seconds), tell)
    if done.manifest.database.foreign_keys != 0:
        tell("foreign_keys_broken", rows=done.manifest.database.foreign_keys)
    tell(
        "captured",
        **_described(done.manifest),
        stored_sha256=done.manifest.stored.sha256,
        seconds=done.seconds,
        stores=list[Field](done.stores),
        failed={name: failure.message for name, failure in done.failures.items()},
    )
    if done.failures:
        raise typer.Exit(Code.PARTIAL)


@app.command("verify")
def _verify(point: PointOption = None, tier: AnyTier = None, copy: Second = False, json: Json = False) -> None:  # noqa: FBT002 - flags
    """Download a point, restore it, check it, and write its proof record."""
    found = settings.read(os.environ, database=False)
    vault, tell = _vault(found, second=copy), _tell(plain=json)
    proven = verify(vault, vault.find(point, _tiers(tier)), found.scratch, tell)
    tell(
        "proven",
        **_described(proven.manifest),
        level=proven.proof.level,
        age_seconds=proven.proof.data_age_seconds,
        seconds=proven.seconds,
        store=vault.store.name,
    )


@app.command("restore")
def _restore(  # noqa: PLR0913, PLR0917 - one argument for each option: typer reads them
    to: Annotated[Path, typer.Option("--to", help="The file to make.")],
    point: PointOption = None,
    tier: AnyTier = None,
    force: Annotated[bool, typer.Option("--force", help="Move a database that is there aside.")] = False,  # noqa: FBT002 - a flag
    copy: Second = False,  # noqa: FBT002 - a flag
    json: Json = False,  # noqa: FBT002 - a flag
) -> None:
    """Bring a point back as a file, checked before it takes its place."""
    found = settings.read(os.environ, database=False)
    vault, tell = _vault(found, second=copy), _tell(plain=json)
    back = restore(vault, vault.find(point, _tiers(tier)), to, force=force)
    tell(
        "restored",
        **_described(back.manifest),
        to=str(to),
        replaced=str(back.kept) if back.kept else None,
        seconds=back.seconds,
        store=vault.store.name,
    )


@app.command("list")
def _list(tier: AnyTier = None, copy: Second = False, json: Json = False) -> None:  # noqa: FBT002 - flags
    """List every point, oldest first."""
    found = settings.read(os.environ, database=False)
    vault, tell = _vault(found, second=copy), _tell(plain=json)
    count = 0
    for manifest, proof in listing(vault, _tiers(tier), tell):
        count += 1
        tell(
            "point",
            **_described(manifest),
            age_seconds=age(vault.store.now(), manifest.captured),
            proven=None if proof is None else proof.ok,
            proven_at=proof.finished.isoformat() if proof else None,
        )
    tell("listed", series=found.series, points=count, store=vault.store.name)


@app.command("status")
def _status(copy: Second = False, json: Json = False) -> None:  # noqa: FBT002 - flags
    """Say how old the newest point of each tier and the newest proven one are."""
    found = settings.read(os.environ, database=False)
    vault, tell = _vault(found, second=copy), _tell(plain=json)
    state = status(vault, tell)
    now = vault.store.now()
    proven: Field = None
    if state.proven and state.proof:
        proven = {
            "point": state.proven.point,
            "tier": state.proven.tier.value,
            "age_seconds": age(now, state.proven.captured),
            "proven_at": state.proof.finished.isoformat(),
            "proof_age_seconds": age(now, state.proof.finished),
            "by": state.proof.by,
        }
    newest: dict[str, Field] = {
        tier.value: {"point": manifest.point, "age_seconds": age(now, manifest.captured)} if manifest else None
        for tier, manifest in state.newest.items()
    }
    tell("status", series=found.series, newest=newest, newest_proven=proven, store=vault.store.name)


def _tiers(tier: Tier | None) -> list[Tier]:
    """Give one tier, or all."""
    return list(Tier) if tier is None else [tier]


@app.command("version")
def _version(json: Json = False) -> None:  # noqa: FBT002 - a flag
    """Say which version this is."""
    _tell(plain=json)("version", version=VERSION)


class _Stopped(BaseException):
    """SIGTERM came: unwinds like an interrupt, so that uploads are aborted and scratch is emptied."""


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Turn SIGTERM into an exception."""
    raise _Stopped


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> Code:
    """Run one command and say what went wrong, if anything, as one line on standard error."""
    tell = teller(sys.stderr, secrets=settings.secrets(environ), plain=True if "--json" in arguments else None)
    try:
        return Code(app(args=list(arguments), prog_name="backup", standalone_mode=False) or 0)
    except typer.Exit as done:
        return Code(done.exit_code)
    except BaseException as error:  # noqa: BLE001 - the last resort: a trace could hold settings, and no one reads it
        return _fail(tell, _named(error))


def _named(error: BaseException) -> Failure:
    """Give the failure that `error` is for the user."""
    if isinstance(error, Failure):
        return error
    if isinstance(error, typer.TyperException):
        return Failure(Code.USAGE, error.format_message(), fix="`backup --help` shows the commands.")
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return Failure(Code.INTERRUPTED, f"Interrupted; {COUNTS}.")
    if isinstance(error, _Stopped):
        return Failure(Code.TERMINATED, f"Stopped by SIGTERM; {COUNTS}.")
    if isinstance(error, SystemExit):  # typer's answer to a pipe that nobody reads
        return Failure(Code.UNEXPECTED, f"Standard output was closed; {COUNTS}.")
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Failure(
        Code.UNEXPECTED,
        f"A fault in the program: {type(error).__name__}: {error}.",
        where=f"{Path(last.filename).name}:{last.lineno}",
        fix=f"Report it with this line; {COUNTS}.",
    )


def _fail(tell: Tell, failure: Failure) -> Code:
    """Say the one error line."""
    tell(
        "failed",
        code=int(failure.code),
        reason=failure.code.name.lower(),
        message=failure.message,
        where=failure.where,
        fix=failure.fix,
    )
    return failure.code


def main() -> NoReturn:
    """Run the command line of this process."""
    signal.signal(signal.SIGTERM, _stop)
    code = run(sys.argv[1:], os.environ)
    with suppress(OSError):  # a pipe that nobody reads
        sys.stdout.flush()
    os._exit(code)  # threads of a broken upload must not hold the end back


if __name__ == "__main__":
    main()
