"""A bucket's configuration, each part a resource of its own: on moto, for the S3 server knows little of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from providers.kit import Call, Properties, ProviderError, Severity, Stored, Value
from sandbox.plugins.aws.bucket import ensure_control
from sandbox.plugins.aws.handler import AwsHandler
from sandbox.plugins.aws.shapes import covers, from_service, to_service
from sandbox.plugins.buckets import Buckets
from sandbox.plugins.live import Seen, text
from sandbox.plugins.records import Record, Records, now
from sandbox.plugins.services import code, gone_is_fine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.plugins.aws.surroundings import Surroundings
    from sandbox.plugins.sdk_check import Checker
    from sandbox.plugins.sdk_types import ResourceType
    from sandbox.plugins.services import Services


@dataclass(frozen=True)
class Part:
    """How one part of a bucket's configuration travels.

    Attributes:
        name: of the requests: ``put_bucket_<name>``, ``get_bucket_<name>``, ``delete_bucket_<name>``.
        argument: of the put request that carries the configuration.
        answer: of the get request that does; empty when the answer is the configuration itself.
        pack: from inputs to the configuration's Pulumi shape.
        unpack: from there back to inputs.
        reset: what is put to delete it, for parts without a delete request.
        on_store: whether the S3 server gets it too.
    """

    name: str
    argument: str
    answer: str
    pack: Callable[[Properties], Value] = dict
    unpack: Callable[[dict[str, Any]], dict[str, Any]] = dict
    reset: dict[str, str] | None = None
    on_store: bool = False

    @property
    def prefix(self) -> str:
        """What stands before the name in requests."""
        whole = {"public_access_block", "object_lock_configuration"}
        return "" if self.name in whole else "bucket_"


def _rule_of(answer: dict[str, Any]) -> dict[str, Any]:
    return {"rule": (answer.get("Rules") or [{}])[0]}


def _filtered(inputs: Properties) -> Value:
    """Lifecycle rules; one for the whole bucket needs an empty filter, which the vendor's plugin adds as well."""
    rules = inputs.get("rules")
    return {
        "rules": [
            {"filter": {"prefix": ""}, **rule} if isinstance(rule, dict) and "prefix" not in rule else rule
            for rule in (rules if isinstance(rules, list) else [])
        ]
    }


PARTS: dict[str, Part] = {
    "BucketVersioning": Part(
        "versioning",
        "VersioningConfiguration",
        "",
        pack=lambda inputs: inputs.get("versioningConfiguration"),
        unpack=lambda answer: {"versioningConfiguration": answer},
        reset={"Status": "Suspended"},
        on_store=True,
    ),
    "BucketServerSideEncryptionConfiguration": Part(
        "encryption", "ServerSideEncryptionConfiguration", "ServerSideEncryptionConfiguration"
    ),
    "BucketPublicAccessBlock": Part(
        "public_access_block", "PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration"
    ),
    "BucketLifecycleConfiguration": Part("lifecycle_configuration", "LifecycleConfiguration", "", pack=_filtered),
    "BucketPolicy": Part("policy", "Policy", "Policy", pack=lambda inputs: inputs.get("policy")),
    "BucketOwnershipControls": Part(
        "ownership_controls",
        "OwnershipControls",
        "OwnershipControls",
        pack=lambda inputs: {"rules": [inputs.get("rule")]},
        unpack=_rule_of,
    ),
    "BucketLogging": Part(
        "logging",
        "BucketLoggingStatus",
        "LoggingEnabled",
        pack=lambda inputs: {"loggingEnabled": inputs},
        reset={},
    ),
    "BucketReplicationConfig": Part("replication", "ReplicationConfiguration", "ReplicationConfiguration"),
    "BucketObjectLockConfiguration": Part(
        "object_lock_configuration",
        "ObjectLockConfiguration",
        "ObjectLockConfiguration",
        reset={"ObjectLockEnabled": "Enabled"},
    ),
    "BucketCorsConfiguration": Part("cors", "CORSConfiguration", ""),
}

#: The one request that is not named like its sisters.
_IRREGULAR = {"delete_bucket_lifecycle_configuration": "delete_bucket_lifecycle"}


class BucketPart(AwsHandler):
    """One part of a bucket's configuration; its id is the bucket's name."""

    naming = ""
    replacing = (("bucket",), ("expectedBucketOwner",))

    def __init__(
        self, kind: ResourceType, checker: Checker, services: Callable[[], Services], surroundings: Surroundings
    ) -> None:
        super().__init__(kind, checker, services, surroundings)
        self.part = PARTS[part_name(kind.token)]

    def told(self) -> frozenset[str]:
        """All but the arguments that only travel with a request."""
        return frozenset(self.kind.inputs) - {"mfa", "token", "region", "expectedBucketOwner", "skipDestroy"}

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The part on moto; where it is as it was asked for, the user's own words are kept."""
        del call
        if not Buckets(self.services).exists(stored.id):
            return None
        found = self._get(self.services.aws("s3"), stored.id)
        if not found:
            return None
        asked = {key: value for key, value in stored.inputs.items() if key in self.told()}
        if isinstance(found, str):
            return Seen({"bucket": stored.id, "policy": found})
        wanted = self._configuration(stored.inputs) if asked else None
        held = found if self.part.name != "logging" else {"LoggingEnabled": found}
        if asked and (covers(wanted, held) or self._remembered(stored.id) == _digest(found)):
            return Seen(asked)
        answer = self.part.unpack(found)
        return Seen({"bucket": stored.id, **from_service(self.sdk, self.kind.inputs, answer)})

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Put the configuration on the bucket."""
        bucket = text(inputs, "bucket")
        self._put(call, bucket, inputs)
        return bucket

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Put the configuration anew."""
        self._put(call, stored.id, inputs)

    def remove(self, call: Call, stored: Stored) -> None:
        """Take the configuration off, or back to what a new bucket has."""
        self._records().remove(self.kind.token, stored.id)
        control = self.services.aws("s3")
        with gone_is_fine():
            if self.part.reset is None:
                self._request(control, "delete")(Bucket=stored.id)
                return
            self._request(control, "put")(Bucket=stored.id, **{self.part.argument: self.part.reset})
            if self.part.on_store:
                self._on_store(call, stored.id, self.part.reset)

    @property
    def sdk(self) -> Any:  # noqa: ANN401 - an Sdk; named here to keep `shapes` free of handlers
        """The SDK that types the properties."""
        return self.checker.sdk

    def _put(self, call: Call, bucket: str, inputs: Properties) -> None:
        if not Buckets(self.services).exists(bucket):
            raise ProviderError(f"bucket {bucket!r} does not exist")
        ensure_control(self.services, bucket, self.surroundings.region)
        configuration = self._configuration(inputs)
        control = self.services.aws("s3")
        self._request(control, "put")(Bucket=bucket, **{self.part.argument: configuration})
        if self.part.on_store:
            self._on_store(call, bucket, configuration)
        # moto drops some fields (5.2: DeleteMarkerReplication is always Disabled): what it made of this put is what
        # counts as unchanged, not the put itself.
        held: Properties = {"digest": _digest(self._get(control, bucket))}
        self._records().write(Record(self.kind.token, bucket, call.urn, now(), held, {}))

    def _remembered(self, bucket: str) -> Value:
        record = self._records().read(self.kind.token, bucket)
        return record.inputs.get("digest") if record else None

    def _records(self) -> Records:
        return Records.below(self.services.connections.root, "aws-configuration")

    def _on_store(self, call: Call, bucket: str, configuration: Mapping[str, Any]) -> None:
        """Put it on the S3 server too, where it changes what happens to objects."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        try:
            self._request(self.services.objects, "put")(Bucket=bucket, **{self.part.argument: configuration})
        except ClientError as error:
            if code(error) not in {"NotImplemented", "VersioningNotConfigured", "MethodNotAllowed"}:
                raise
            call.log(Severity.DEBUG, f"the sandbox's S3 server does not take {self.part.name}: {code(error)}")

    def _configuration(self, inputs: Properties) -> Any:  # noqa: ANN401 - a request of botocore's
        value = self.part.pack({key: item for key, item in inputs.items() if key in self.told() - {"bucket"}})
        meta = self.services.aws("s3").meta
        operation = meta.method_to_api_mapping[f"put_{self.part.prefix}{self.part.name}"]
        model = meta.service_model.operation_model(operation)
        return to_service(model.input_shape.members[self.part.argument], value)

    def _get(self, client: Any, bucket: str) -> Any:  # noqa: ANN401 - as above
        answer = self._request(client, "get")(Bucket=bucket)
        answer.pop("ResponseMetadata", None)
        return answer.get(self.part.answer) if self.part.answer else answer

    def _request(self, client: Any, verb: str) -> Any:  # noqa: ANN401 - as above
        name = f"{verb}_{self.part.prefix}{self.part.name}"
        return getattr(client, _IRREGULAR.get(name, name))


def _digest(found: Any) -> str:  # noqa: ANN401 - an answer of botocore's
    """A fingerprint of what a service holds."""
    return hashlib.sha256(json.dumps(found, sort_keys=True, default=str).encode()).hexdigest()


def part_name(token: str) -> str:
    """The type's name without the ``V2`` of its older token."""
    return token.rpartition(":")[2].removesuffix("V2")
