"""Clients of the services that stand-ins act on: the S3 server, and moto for the rest of AWS."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from providers.kit import ProviderError
from sandbox.connections import Connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    import boto3

#: Seconds until a service on loopback counts as not there, and as not answering.
_CONNECT, _ANSWER = 3, 30

#: How often a request is tried in all.
_ATTEMPTS = 3

#: The region that the S3 server is started with (`sandbox.services.versitygw.REGION`): its buckets have no other.
_STORE_REGION = "us-east-1"

#: Variables of the user's that would lead a client away from the sandbox: to another account, or through a proxy.
_FOREIGN = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")

#: How services say that something is not there: names of errors, the suffixes first.
_GONE_SUFFIXES = ("NotFound", "NotFoundException", "NotFoundError", "NotFoundFault")
_GONE_PREFIX = "NoSuch"


def isolate() -> None:
    """Keep this process's clients to the sandbox: no profile, no endpoint, no proxy of the user's."""
    for name in _FOREIGN:
        os.environ.pop(name, None)
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"


class Services:
    """The clients, each made when it is first needed: boto3 takes most of a second to import."""

    def __init__(self, region: str = "us-east-1") -> None:
        self.region = region
        self._lock = threading.Lock()
        self._clients: dict[str, Any] = {}

    @cached_property
    def connections(self) -> Connections:
        """Where the sandbox is."""
        return Connections.load()

    @property
    def objects(self) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        """The client of the S3 server."""
        return self._client("objects", "s3", self.connections.object_store, _STORE_REGION)

    def aws(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        """The client of one of moto's services."""
        return self._client(f"aws:{service}", service, self.connections.aws, self.region)

    @cached_property
    def _session(self) -> boto3.session.Session:
        """One for all clients: each reads a service's model (0.1 s for S3) once."""
        import boto3  # noqa: PLC0415 - it costs most of a second, and many plans need none

        return boto3.session.Session()

    def _client(self, name: str, service: str, url: str, region: str) -> Any:  # noqa: ANN401 - as above
        with self._lock:  # making a client is not safe between threads, using one is
            if name not in self._clients:
                from botocore.config import Config  # noqa: PLC0415 - see _session

                keys = self.connections.keys()
                self._clients[name] = self._session.client(
                    service,  # type: ignore[call-overload]  # the stubs list the services by literal
                    endpoint_url=url,
                    region_name=region,
                    aws_access_key_id=keys.access_key_id,
                    aws_secret_access_key=keys.secret_access_key,
                    config=Config(
                        connect_timeout=_CONNECT,
                        read_timeout=_ANSWER,
                        retries={"total_max_attempts": _ATTEMPTS, "mode": "standard"},
                        s3={"addressing_style": "path"},
                        proxies={},
                        max_pool_connections=32,
                    ),
                )
            return self._clients[name]


@contextmanager
def answering(doing: str) -> Iterator[None]:
    """Turn a service's error into one that says what was being done; the engine names the resource."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see Services._client

    try:
        yield
    except ClientError as error:
        said = error.response.get("Error", {})
        raise ProviderError(f"cannot {doing}: {said.get('Code', 'error')}: {said.get('Message', error)}") from error
    except BotoCoreError as error:
        raise ProviderError(f"cannot {doing}: {error} (is the sandbox running? `gw status` tells)") from error


def code(error: Exception) -> str:
    """The service's own name of an error; empty when it has none."""
    response = getattr(error, "response", None)
    found = response.get("Error", {}).get("Code", "") if isinstance(response, dict) else ""
    return str(found)


def is_gone(error: Exception) -> bool:
    """Whether a service said that the thing asked for is not there."""
    name = code(error)
    return name == "404" or name.startswith(_GONE_PREFIX) or name.endswith(_GONE_SUFFIXES)


@contextmanager
def gone_is_fine() -> Iterator[None]:
    """Take "it is not there" for an answer: for deletes."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services._client

    try:
        yield
    except ClientError as error:
        if not is_gone(error):
            raise
