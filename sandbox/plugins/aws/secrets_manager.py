"""Secrets Manager on moto: secrets and their versions."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from sandbox.plugins.aws.handler import AwsHandler
from sandbox.plugins.aws.iam import named
from sandbox.plugins.live import Seen, present, text
from sandbox.plugins.services import code, gone_is_fine

if TYPE_CHECKING:
    from providers.kit import Call, Properties, Stored

#: Days until a deleted secret is gone for good, unless it says otherwise (AWS's own default).
_WINDOW = 30

#: The stage label of the version that readers get.
_CURRENT = "AWSCURRENT"


class Secret(AwsHandler):
    """``aws:secretsmanager/secret:Secret``; its id is its ARN."""

    replacing = (("name",), ("namePrefix",))

    def told(self) -> frozenset[str]:
        """All but what governs the delete, replicas and the resource policy."""
        return frozenset({"name", "description", "kmsKeyId", "tags"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The secret on moto; one that is scheduled for deletion is gone."""
        del call
        found = self.services.aws("secretsmanager").describe_secret(SecretId=stored.id)
        if found.get("DeletedDate"):
            return None
        tags = found.get("Tags", [])
        return Seen(
            {
                "name": found["Name"],
                **present(description=found.get("Description"), kmsKeyId=found.get("KmsKeyId")),
                **self.tags_input(stored, tags),
            },
            {"arn": found["ARN"], "tagsAll": {tag["Key"]: tag["Value"] for tag in tags}},
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the secret; one of this name that waits for its deletion is taken back."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        manager = self.services.aws("secretsmanager")
        name = named(call, inputs)
        about = present(Description=inputs.get("description"), KmsKeyId=inputs.get("kmsKeyId"))
        try:
            made = manager.create_secret(Name=name, Tags=self.tag_list(inputs), **about)
        except ClientError as error:
            if code(error) != "InvalidRequestException" or "deletion" not in str(error):
                raise
            made = manager.restore_secret(SecretId=name)
            manager.update_secret(SecretId=name, **about)
            manager.tag_resource(SecretId=name, Tags=self.tag_list(inputs))
        return str(made["ARN"])

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Description, key and tags change in place."""
        del call
        manager = self.services.aws("secretsmanager")
        manager.update_secret(
            SecretId=stored.id,
            Description=text(inputs, "description"),
            **present(KmsKeyId=inputs.get("kmsKeyId")),
        )
        if stale := self.stale_tags(stored, inputs):
            manager.untag_resource(SecretId=stored.id, TagKeys=stale)
        manager.tag_resource(SecretId=stored.id, Tags=self.tag_list(inputs))

    def remove(self, call: Call, stored: Stored) -> None:
        """Schedule the deletion, or delete at once where the window is 0."""
        del call
        window = stored.inputs.get("recoveryWindowInDays", _WINDOW)
        when = {"RecoveryWindowInDays": window} if window else {"ForceDeleteWithoutRecovery": True}
        with gone_is_fine():
            self.services.aws("secretsmanager").delete_secret(SecretId=stored.id, **when)


class SecretVersion(AwsHandler):
    """``aws:secretsmanager/secretVersion:SecretVersion``; its id is ``secret ARN|version``."""

    replacing = (("secretId",), ("secretString",), ("secretBinary",))

    def told(self) -> frozenset[str]:
        """The value and where it belongs; write-only values and stages cannot be compared."""
        return frozenset({"secretId", "secretString", "secretBinary"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The version on moto."""
        del call
        secret, _, version = stored.id.rpartition("|")
        manager = self.services.aws("secretsmanager")
        if manager.describe_secret(SecretId=secret).get("DeletedDate"):
            return None
        found = manager.get_secret_value(SecretId=secret, VersionId=version)
        inputs: Properties = {"secretId": stored.inputs.get("secretId") or secret}
        if "secretStringWo" not in stored.inputs and "SecretString" in found:
            inputs["secretString"] = found["SecretString"]
        if "SecretBinary" in found:
            inputs["secretBinary"] = base64.b64encode(found["SecretBinary"]).decode()
        return Seen(
            inputs,
            {"arn": found["ARN"], "versionId": version, "versionStages": sorted(found.get("VersionStages", []))},
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Put the value as a new version."""
        del call
        binary = text(inputs, "secretBinary")
        made = self.services.aws("secretsmanager").put_secret_value(
            SecretId=text(inputs, "secretId"),
            **present(
                SecretString=text(inputs, "secretString") or text(inputs, "secretStringWo"),
                VersionStages=inputs.get("versionStages"),
            ),
            **({"SecretBinary": base64.b64decode(binary)} if binary else {}),
        )
        return f"{made['ARN']}|{made['VersionId']}"

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Only stages change in place."""
        del call
        secret, _, version = stored.id.rpartition("|")
        manager = self.services.aws("secretsmanager")
        wanted = inputs.get("versionStages")
        held = stored.outputs.get("versionStages")
        for stage in wanted if isinstance(wanted, list) else []:
            if not isinstance(held, list) or stage not in held:
                manager.update_secret_version_stage(SecretId=secret, VersionStage=stage, MoveToVersionId=version)

    def remove(self, call: Call, stored: Stored) -> None:
        """Take the version's labels away, which is how AWS forgets it; the current one stays until its secret goes."""
        del call
        secret, _, version = stored.id.rpartition("|")
        manager = self.services.aws("secretsmanager")
        with gone_is_fine():
            found = manager.describe_secret(SecretId=secret)
            for stage in found.get("VersionIdsToStages", {}).get(version, []):
                if stage != _CURRENT:
                    manager.update_secret_version_stage(
                        SecretId=secret, VersionStage=stage, RemoveFromVersionId=version
                    )
