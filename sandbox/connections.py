"""Where the running sandbox is reached: written by the supervisor, read by the node, the stand-ins and ``gw``.

Holds addresses and paths only. Credentials stay in files of their own, mode 0600.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from toolchain.errors import ExitCode, Problem

#: Environment variable that names the connections file; set for every process that ``gw`` starts.
VARIABLE = "GROUNDWORK_CONNECTIONS"


class ObjectStoreKeys(BaseModel):
    """An S3 key pair, as kept in `Connections.object_store_keys` (JSON, mode 0600)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    access_key_id: str
    secret_access_key: str


class Connections(BaseModel):
    """Addresses of the sandbox's services and the files that hold their credentials.

    Attributes:
        root: the sandbox's folder (``.sandbox``), absolute.
        kubeconfig: administrator's kubeconfig, mode 0600.
        object_store: URL of the S3 server; it holds the objects of S3 and R2 buckets alike.
        object_store_keys: file with the S3 server's key pair (`ObjectStoreKeys`).
        aws: URL of moto, for the rest of AWS.
        railway: URL of the Railway fake's GraphQL endpoint.
        railway_edge: URL of Railway's edge: a request is answered by the service whose domain its Host header names.
        uptimerobot: URL of the UptimeRobot fake's API.
        cloudflare: URL of the Cloudflare fake's API.
        edge_token: file with the bearer token that these three take.
        pulumi_home: PULUMI_HOME of the sandbox, where the stand-in plugins are installed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: Path
    kubeconfig: Path
    object_store: str
    object_store_keys: Path
    aws: str
    railway: str
    railway_edge: str
    uptimerobot: str
    cloudflare: str
    edge_token: Path
    pulumi_home: Path

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read the file given, or the one that ``GROUNDWORK_CONNECTIONS`` names.

        Raises:
            Problem: no such file or variable, or the file is not of this version's shape (exit code 6).
        """
        place = path or Path(os.environ.get(VARIABLE, ".sandbox/connections.json"))
        try:
            return cls.model_validate_json(place.read_bytes())
        except (OSError, ValidationError) as error:
            raise Problem(
                "the sandbox's connections cannot be read",
                where=str(place),
                fix="start the sandbox with `make up`",
                exit_code=ExitCode.SANDBOX,
            ) from error

    def keys(self) -> ObjectStoreKeys:
        """The S3 server's key pair, read fresh from its 0600 file."""
        return ObjectStoreKeys.model_validate_json(self.object_store_keys.read_bytes())
