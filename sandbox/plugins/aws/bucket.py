"""S3 buckets: objects on the S3 server, tags and configuration on moto.

The S3 server's folder outlives a restart, moto's memory does not: the S3 server says whether a bucket exists, and
moto's side is made again when it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.kit import Call, Properties, ProviderError, Stored
from sandbox.plugins.aws.handler import AwsHandler
from sandbox.plugins.buckets import Buckets, empty
from sandbox.plugins.live import Seen
from sandbox.plugins.services import code, gone_is_fine, is_gone
from sandbox.plugins.typed import suffix

if TYPE_CHECKING:
    from sandbox.plugins.services import Services

#: Hosted zone of S3's website endpoints in us-east-1 (docs.aws.amazon.com/general/latest/gr/s3.html).
_HOSTED_ZONE = "Z3AQBSTGFYJSTF"

#: The one region whose name a request to create a bucket must not carry.
_UNNAMED_REGION = "us-east-1"


class Bucket(AwsHandler):
    """``aws:s3/bucket:Bucket`` and ``BucketV2``."""

    naming = "bucket"
    replacing = (("bucket",), ("bucketPrefix",), ("objectLockEnabled",))

    def told(self) -> frozenset[str]:
        """Name and tags."""
        return frozenset({"bucket", "tags"})

    def made_up(self, call: Call) -> str:
        """Bucket names are in small letters."""
        return f"{call.name.lower().replace('_', '-')}-{suffix(call)}"

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The bucket on the S3 server, with its tags on moto."""
        del call
        name = stored.id
        if not Buckets(self.services).exists(name):
            return None
        found = control_tags(self.services, name)
        region = self.surroundings.region
        return Seen(
            {"bucket": name, **self.surroundings.own_tags(found, stored.inputs.get("tags"))},
            {
                "arn": f"arn:aws:s3:::{name}",
                "bucketDomainName": f"{name}.s3.amazonaws.com",
                "bucketRegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
                "bucketRegion": region,
                "hostedZoneId": _HOSTED_ZONE,
                "requestPayer": "BucketOwner",
                "objectLockEnabled": stored.inputs.get("objectLockEnabled") is True,
                "tagsAll": dict(found),
            },
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the bucket on both services."""
        name = inputs.get("bucket")
        if not isinstance(name, str):
            name = f"{inputs.get('bucketPrefix')}{suffix(call)}"
            inputs["bucket"] = name
        Buckets(self.services).create(call, name, lock=inputs.get("objectLockEnabled") is True)
        ensure_control(self.services, name, self.surroundings.region)
        self._put_tags(name, inputs)
        return name

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Tags are all that changes in place."""
        del call
        if not Buckets(self.services).exists(stored.id):
            raise ProviderError(f"bucket {stored.id!r} is gone: refresh, then update again")
        ensure_control(self.services, stored.id, self.surroundings.region)
        self._put_tags(stored.id, inputs)

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove the bucket from both; one that holds objects only with ``forceDestroy``."""
        force = stored.inputs.get("forceDestroy") is True
        instead = "" if force else ", or set forceDestroy, run an update, and delete it then"
        Buckets(self.services).delete(call, stored.id, force=force, instead=instead)
        control = self.services.aws("s3")
        empty(control, stored.id, call)  # moto delivers access logs to its own side of a bucket: no one's objects
        with gone_is_fine():
            control.delete_bucket(Bucket=stored.id)

    def _put_tags(self, name: str, inputs: Properties) -> None:
        control = self.services.aws("s3")
        tags = self.tag_list(inputs)
        if tags:
            control.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
        else:
            control.delete_bucket_tagging(Bucket=name)


def ensure_control(services: Services, name: str, region: str) -> None:
    """Make moto's side of a bucket, where its memory was lost."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

    place = {} if region == _UNNAMED_REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        services.aws("s3").create_bucket(Bucket=name, **place)
    except ClientError as error:
        if code(error) != "BucketAlreadyOwnedByYou":
            raise


def control_tags(services: Services, name: str) -> dict[str, str]:
    """A bucket's tags on moto; none when moto does not know the bucket, so that the next update puts them back."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

    try:
        answer = services.aws("s3").get_bucket_tagging(Bucket=name)
    except ClientError as error:
        if is_gone(error):
            return {}
        raise
    return {tag["Key"]: tag["Value"] for tag in answer["TagSet"]}
