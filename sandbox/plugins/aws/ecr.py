"""ECR on moto: repositories, and their lifecycle and access policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.kit import ProviderError
from sandbox.plugins.aws.handler import AwsHandler
from sandbox.plugins.aws.iam import named
from sandbox.plugins.live import Seen, present, text
from sandbox.plugins.services import code, gone_is_fine

if TYPE_CHECKING:
    from providers.kit import Call, Properties, Stored, Value

_MUTABLE = "MUTABLE"


class Repository(AwsHandler):
    """``aws:ecr/repository:Repository``; its id is its name."""

    replacing = (("name",), ("encryptionConfigurations",))

    def told(self) -> frozenset[str]:
        """What changes in place, and the name."""
        return frozenset({"name", "imageTagMutability", "imageScanningConfiguration", "tags"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The repository on moto."""
        del call
        ecr = self.services.aws("ecr")
        found = ecr.describe_repositories(repositoryNames=[stored.id])["repositories"][0]
        tags = ecr.list_tags_for_resource(resourceArn=found["repositoryArn"])["tags"]
        mutability = found.get("imageTagMutability", _MUTABLE)
        scans = found.get("imageScanningConfiguration", {}).get("scanOnPush", False)
        inputs: Properties = {"name": stored.id, **self.tags_input(stored, tags)}
        if mutability != _MUTABLE or "imageTagMutability" in stored.inputs:
            inputs["imageTagMutability"] = mutability
        if scans or "imageScanningConfiguration" in stored.inputs:
            inputs["imageScanningConfiguration"] = {"scanOnPush": scans}
        return Seen(
            inputs,
            {
                "arn": found["repositoryArn"],
                "registryId": found["registryId"],
                "repositoryUrl": found["repositoryUri"],
                "tagsAll": {tag["Key"]: tag["Value"] for tag in tags},
            },
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the repository."""
        name = named(call, inputs)
        self.services.aws("ecr").create_repository(
            repositoryName=name,
            tags=self.tag_list(inputs),
            **present(
                imageTagMutability=inputs.get("imageTagMutability"),
                imageScanningConfiguration=_scanning(inputs),
                encryptionConfiguration=_encryption(inputs.get("encryptionConfigurations")),
            ),
        )
        return name

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Mutability, scanning and tags change in place."""
        del call
        ecr = self.services.aws("ecr")
        ecr.put_image_tag_mutability(
            repositoryName=stored.id, imageTagMutability=text(inputs, "imageTagMutability") or _MUTABLE
        )
        ecr.put_image_scanning_configuration(
            repositoryName=stored.id, imageScanningConfiguration=_scanning(inputs) or {"scanOnPush": False}
        )
        arn = str(stored.outputs.get("arn"))
        if stale := self.stale_tags(stored, inputs):
            ecr.untag_resource(resourceArn=arn, tagKeys=stale)
        ecr.tag_resource(resourceArn=arn, tags=self.tag_list(inputs))

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove it; one that holds images only with ``forceDelete``."""
        del call
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        force = stored.inputs.get("forceDelete") is True
        try:
            with gone_is_fine():
                self.services.aws("ecr").delete_repository(repositoryName=stored.id, force=force)
        except ClientError as error:
            if code(error) != "RepositoryNotEmptyException":
                raise
            raise ProviderError(f"repository {stored.id!r} holds images: remove them, or set forceDelete") from error


class _Policy(AwsHandler):
    """A policy of a repository; its id is the repository's name.

    Attributes:
        calls: what the service calls reading, writing and deleting it.
        sent: its text in a call.
    """

    naming = ""
    replacing = (("repository",),)
    calls: tuple[str, str, str]
    sent: str

    def told(self) -> frozenset[str]:
        """All of it."""
        return frozenset({"repository", "policy"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The policy on moto."""
        del call
        read, _, _ = self.calls
        found = self._ask(read, stored.id)
        return Seen({"repository": stored.id, "policy": found[self.sent]}, {"registryId": found["registryId"]})

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Put it on the repository."""
        del call
        _, write, _ = self.calls
        repository = text(inputs, "repository")
        self._ask(write, repository, **{self.sent: text(inputs, "policy")})
        return repository

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Put it anew."""
        del stored
        self.put_new(call, inputs)

    def remove(self, call: Call, stored: Stored) -> None:
        """Take it off."""
        del call
        _, _, delete = self.calls
        with gone_is_fine():
            self._ask(delete, stored.id)

    def _ask(self, name: str, repository: str, **more: str) -> dict[str, str]:
        answer: dict[str, str] = getattr(self.services.aws("ecr"), name)(repositoryName=repository, **more)
        return answer


class LifecyclePolicy(_Policy):
    """``aws:ecr/lifecyclePolicy:LifecyclePolicy``: which images go, and when."""

    calls = ("get_lifecycle_policy", "put_lifecycle_policy", "delete_lifecycle_policy")
    sent = "lifecyclePolicyText"


class RepositoryPolicy(_Policy):
    """``aws:ecr/repositoryPolicy:RepositoryPolicy``: who may pull and push."""

    calls = ("get_repository_policy", "set_repository_policy", "delete_repository_policy")
    sent = "policyText"


def _scanning(inputs: Properties) -> Value:
    found = inputs.get("imageScanningConfiguration")
    return {"scanOnPush": found.get("scanOnPush") is True} if isinstance(found, dict) else None


def _encryption(value: Value) -> Value:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return None
    first = value[0]
    return present(encryptionType=first.get("encryptionType") or "AES256", kmsKey=first.get("kmsKey"))
