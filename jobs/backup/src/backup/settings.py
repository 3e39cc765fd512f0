"""The one reader of the environment: what the job needs to know, checked before anything is touched."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pydantic reads it at run time
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from backup.failure import Code, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PREFIX = "BACKUP_"
COPY_PREFIX = "BACKUP_COPY_"
STORE_NAMES = ("ENDPOINT", "REGION", "BUCKET", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
DEFAULT_SCRATCH = "/scratch"
DEFAULT_BUSY_SECONDS = "30"


class StoreSettings(BaseModel):
    """Where one S3 bucket is and who we are there."""

    model_config = ConfigDict(frozen=True)

    # No user or password in it: messages name the endpoint.
    endpoint: Annotated[
        str,
        Field(
            pattern=r"^https?://(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9._-]+)(:[0-9]{1,5})?/?$",
            description="a URL such as https://host:port, without a path, user or password",
        ),
    ]
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$", description="such as auto or eu-central-1")]
    bucket: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", description="3 to 63 of a-z 0-9 . -")]
    access_key_id: Annotated[SecretStr, Field(description="a non-empty string")]
    secret_access_key: Annotated[SecretStr, Field(description="a non-empty string")]


class Settings(BaseModel):
    """Everything one command needs.

    Attributes:
        series: the name that all points of one database share; never derived from a host name.
        database: the SQLite file to capture; None for commands that do not read it.
        scratch: a folder for the snapshot and the restored copy.
        busy_seconds: how long to wait for a locked database, in seconds.
        store: the first bucket.
        copy_store: the second bucket, when there is one.
    """

    model_config = ConfigDict(frozen=True)

    series: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$", description="1 to 63 of a-z 0-9 . _ -")]
    database: Path | None
    scratch: Path
    busy_seconds: Annotated[float, Field(gt=0, le=3600, description="seconds, above 0 and up to 3600")]
    store: StoreSettings
    copy_store: StoreSettings | None


def secrets(environ: Mapping[str, str]) -> list[str]:
    """Name the values in `environ` that no line may ever hold, whether the settings are valid or not."""
    return [
        value.strip()
        for prefix in (PREFIX, COPY_PREFIX)
        for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
        if (value := environ.get(prefix + name, "")).strip()
    ]


def read(environ: Mapping[str, str], *, database: bool) -> Settings:
    """Read and check the settings.

    Args:
        environ: usually ``os.environ``; an empty value counts as unset.
        database: whether the command reads the database, so that ``BACKUP_DATABASE`` is needed.

    Raises:
        Failure: ``USAGE``, naming every missing variable at once, or every wrong one with what is allowed.
    """
    given = {name: value.strip() for name, value in environ.items() if name.startswith(PREFIX) and value.strip()}
    needed = ["BACKUP_SERIES", *(PREFIX + name for name in STORE_NAMES)]
    needed += ["BACKUP_DATABASE"] if database else []
    copied = any(COPY_PREFIX + name in given for name in STORE_NAMES)
    needed += [COPY_PREFIX + name for name in STORE_NAMES] if copied else []
    if missing := [name for name in needed if name not in given]:
        raise Failure(
            Code.USAGE,
            f"Environment variables are missing or empty: {', '.join(missing)}.",
            where=", ".join(missing),
            fix="Set each of them; README.md says what each is.",
        )
    try:
        return Settings.model_validate(
            {
                "series": given["BACKUP_SERIES"],
                "database": given.get("BACKUP_DATABASE"),
                "scratch": given.get("BACKUP_SCRATCH", DEFAULT_SCRATCH),
                "busy_seconds": given.get("BACKUP_BUSY_SECONDS", DEFAULT_BUSY_SECONDS),
                "store": _store(given, PREFIX),
                "copy_store": _store(given, COPY_PREFIX) if copied else None,
            }
        )
    except ValidationError as error:
        raise _wrong(error) from None  # the cause would carry the values, secrets among them


def _store(given: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Collect one bucket's variables under the names of `StoreSettings`."""
    return {name.lower(): given[prefix + name] for name in STORE_NAMES}


def _variable(path: Iterable[int | str]) -> tuple[str, str]:
    """Turn a place in `Settings` into the variable it came from and what is allowed there."""
    first, *rest = [str(part) for part in path]
    if rest:
        prefix = COPY_PREFIX if first == "copy_store" else PREFIX
        return prefix + rest[0].upper(), StoreSettings.model_fields[rest[0]].description or ""
    return PREFIX + first.upper(), Settings.model_fields[first].description or ""


def _wrong(error: ValidationError) -> Failure:
    """Say which variables are wrong and what each allows, without their values."""
    rows = [_variable(item["loc"]) for item in error.errors()]
    return Failure(
        Code.USAGE,
        "; ".join(f"{name} must be {allowed}" for name, allowed in rows) + ".",
        where=", ".join(name for name, _ in rows),
    )
