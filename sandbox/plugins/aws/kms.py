"""KMS on moto: keys and aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.plugins.aws.handler import AwsHandler
from sandbox.plugins.aws.iam import named
from sandbox.plugins.live import Seen, present, text
from sandbox.plugins.services import gone_is_fine

if TYPE_CHECKING:
    from providers.kit import Call, Properties, Stored

#: Days until a deleted key is gone for good, unless it says otherwise (AWS's own default).
_WINDOW = 30

#: What a key is for, unless it says otherwise; moto leaves it out then.
_USAGE = "ENCRYPT_DECRYPT"


class Key(AwsHandler):
    """``aws:kms/key:Key``; its id is the key's id."""

    naming = ""
    replacing = (("keyUsage",), ("customerMasterKeySpec",), ("customKeyStoreId",), ("multiRegion",), ("xksKeyId",))

    def told(self) -> frozenset[str]:
        """What changes in place, but the policy's own default."""
        return frozenset({"description", "enableKeyRotation", "isEnabled", "policy", "tags"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The key on moto; one that waits for its deletion is gone."""
        del call
        kms = self.services.aws("kms")
        key = kms.describe_key(KeyId=stored.id)["KeyMetadata"]
        if key["KeyState"] == "PendingDeletion":
            return None
        rotates = kms.get_key_rotation_status(KeyId=stored.id)["KeyRotationEnabled"]
        policy = kms.get_key_policy(KeyId=stored.id, PolicyName="default")["Policy"]
        tags = kms.list_resource_tags(KeyId=stored.id)["Tags"]
        asked = stored.inputs
        inputs: Properties = {
            **present(description=key.get("Description")),
            **self.tags_input(stored, tags, "TagKey"),
        }
        if rotates or "enableKeyRotation" in asked:
            inputs["enableKeyRotation"] = rotates
        if not key["Enabled"] or "isEnabled" in asked:
            inputs["isEnabled"] = key["Enabled"]
        if "policy" in asked:
            inputs["policy"] = policy
        return Seen(
            inputs,
            {
                "arn": key["Arn"],
                "keyId": key["KeyId"],
                "keyUsage": key.get("KeyUsage", _USAGE),
                "policy": policy,
                "multiRegion": key.get("MultiRegion", False),
                "tagsAll": {tag["TagKey"]: tag["TagValue"] for tag in tags},
            },
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the key."""
        del call
        kms = self.services.aws("kms")
        made = kms.create_key(
            Tags=self.tag_list(inputs, "TagKey", "TagValue"),
            **present(
                Description=inputs.get("description"),
                KeyUsage=inputs.get("keyUsage"),
                KeySpec=inputs.get("customerMasterKeySpec"),
                Policy=inputs.get("policy"),
                MultiRegion=inputs.get("multiRegion"),
            ),
        )
        identity = str(made["KeyMetadata"]["KeyId"])
        if inputs.get("enableKeyRotation") is True:
            kms.enable_key_rotation(KeyId=identity)
        if inputs.get("isEnabled") is False:
            kms.disable_key(KeyId=identity)
        return identity

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Description, rotation, state, policy and tags change in place."""
        del call
        kms = self.services.aws("kms")
        key = {"KeyId": stored.id}
        kms.update_key_description(**key, Description=text(inputs, "description"))
        (kms.enable_key_rotation if inputs.get("enableKeyRotation") is True else kms.disable_key_rotation)(**key)
        (kms.disable_key if inputs.get("isEnabled") is False else kms.enable_key)(**key)
        if policy := text(inputs, "policy"):
            kms.put_key_policy(**key, PolicyName="default", Policy=policy)
        if stale := self.stale_tags(stored, inputs):
            kms.untag_resource(**key, TagKeys=stale)
        kms.tag_resource(**key, Tags=self.tag_list(inputs, "TagKey", "TagValue"))

    def remove(self, call: Call, stored: Stored) -> None:
        """Schedule the deletion."""
        del call
        window = stored.inputs.get("deletionWindowInDays") or _WINDOW
        kms = self.services.aws("kms")
        with gone_is_fine():
            if kms.describe_key(KeyId=stored.id)["KeyMetadata"]["KeyState"] != "PendingDeletion":
                kms.schedule_key_deletion(KeyId=stored.id, PendingWindowInDays=window)


class Alias(AwsHandler):
    """``aws:kms/alias:Alias``; its id is its name, ``alias/...``."""

    replacing = (("name",), ("namePrefix",))

    def told(self) -> frozenset[str]:
        """All of it."""
        return frozenset({"name", "targetKeyId"})

    def made_up(self, call: Call) -> str:
        """Every alias begins with ``alias/``."""
        return f"alias/{super().made_up(call)}"

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The alias on moto."""
        del call
        pages = self.services.aws("kms").get_paginator("list_aliases").paginate()
        found = next((item for page in pages for item in page["Aliases"] if item["AliasName"] == stored.id), None)
        if found is None:
            return None
        target = str(found["TargetKeyId"])
        arn = self.surroundings.arn("kms", f"key/{target}")
        written = stored.inputs.get("targetKeyId")
        return Seen(
            {"name": stored.id, "targetKeyId": written if written in {target, arn} else target},
            {"arn": found["AliasArn"], "targetKeyArn": arn},
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the alias."""
        name = named(call, inputs)
        self.services.aws("kms").create_alias(AliasName=name, TargetKeyId=text(inputs, "targetKeyId"))
        return name

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Point it to another key."""
        del call
        self.services.aws("kms").update_alias(AliasName=stored.id, TargetKeyId=text(inputs, "targetKeyId"))

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove it."""
        del call
        with gone_is_fine():
            self.services.aws("kms").delete_alias(AliasName=stored.id)
