"""IAM on moto: roles, policies, and what ties them together."""

from __future__ import annotations

import json
import urllib.parse
from typing import TYPE_CHECKING, Any

from sandbox.plugins.aws.handler import AwsHandler
from sandbox.plugins.live import Seen, present, text
from sandbox.plugins.records import Record, Records, now
from sandbox.plugins.services import gone_is_fine
from sandbox.plugins.typed import suffix

if TYPE_CHECKING:
    from providers.kit import Call, Properties, Stored

#: Versions of a policy that IAM keeps (docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
_MOST_VERSIONS = 5

#: How the ARNs of AWS's own policies begin.
_AWS_OWN = "arn:aws:iam::aws:policy/"

#: Seconds that a role's session lasts unless it says otherwise.
_SESSION = 3600


class Role(AwsHandler):
    """``aws:iam/role:Role``; its id is its name."""

    replacing = (("name",), ("namePrefix",), ("path",))

    def told(self) -> frozenset[str]:
        """All but what governs the delete, and the deprecated inline policies."""
        return frozenset(
            {"name", "path", "description", "assumeRolePolicy", "maxSessionDuration", "permissionsBoundary", "tags"}
        )

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The role on moto."""
        del call
        role = self.services.aws("iam").get_role(RoleName=stored.id)["Role"]
        boundary = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        session = role.get("MaxSessionDuration", _SESSION)
        asked = stored.inputs
        inputs: Properties = {
            "name": role["RoleName"],
            "assumeRolePolicy": document(role["AssumeRolePolicyDocument"]),
            **present(description=role.get("Description"), permissionsBoundary=boundary),
            **self.tags_input(stored, role.get("Tags", [])),
        }
        if "path" in asked or role["Path"] != "/":
            inputs["path"] = role["Path"]
        if "maxSessionDuration" in asked or session != _SESSION:
            inputs["maxSessionDuration"] = session
        return Seen(
            inputs,
            {
                "arn": role["Arn"],
                "uniqueId": role["RoleId"],
                "createDate": role["CreateDate"].isoformat(),
                "path": role["Path"],
                "maxSessionDuration": session,
                "tagsAll": {tag["Key"]: tag["Value"] for tag in role.get("Tags", [])},
            },
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the role."""
        name = named(call, inputs)
        self.services.aws("iam").create_role(
            RoleName=name,
            AssumeRolePolicyDocument=text(inputs, "assumeRolePolicy"),
            Tags=self.tag_list(inputs),
            **present(
                Path=inputs.get("path"),
                Description=inputs.get("description"),
                MaxSessionDuration=inputs.get("maxSessionDuration"),
                PermissionsBoundary=inputs.get("permissionsBoundary"),
            ),
        )
        return name

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Trust, description, session, boundary and tags change in place."""
        del call
        iam = self.services.aws("iam")
        iam.update_assume_role_policy(RoleName=stored.id, PolicyDocument=text(inputs, "assumeRolePolicy"))
        iam.update_role(
            RoleName=stored.id,
            Description=text(inputs, "description"),
            MaxSessionDuration=inputs.get("maxSessionDuration") or _SESSION,
        )
        if boundary := text(inputs, "permissionsBoundary"):
            iam.put_role_permissions_boundary(RoleName=stored.id, PermissionsBoundary=boundary)
        elif stored.inputs.get("permissionsBoundary"):
            iam.delete_role_permissions_boundary(RoleName=stored.id)
        if stale := self.stale_tags(stored, inputs):
            iam.untag_role(RoleName=stored.id, TagKeys=stale)
        iam.tag_role(RoleName=stored.id, Tags=self.tag_list(inputs))

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove the role; with ``forceDetachPolicies`` what is attached goes first."""
        del call
        iam = self.services.aws("iam")
        with gone_is_fine():
            if stored.inputs.get("forceDetachPolicies") is True:
                for policy in iam.list_attached_role_policies(RoleName=stored.id)["AttachedPolicies"]:
                    iam.detach_role_policy(RoleName=stored.id, PolicyArn=policy["PolicyArn"])
                for name in iam.list_role_policies(RoleName=stored.id)["PolicyNames"]:
                    iam.delete_role_policy(RoleName=stored.id, PolicyName=name)
            iam.delete_role(RoleName=stored.id)


class Policy(AwsHandler):
    """``aws:iam/policy:Policy``; its id is its ARN."""

    replacing = (("name",), ("namePrefix",), ("path",), ("description",))

    def told(self) -> frozenset[str]:
        """All but the delay after a create."""
        return frozenset({"name", "path", "description", "policy", "tags"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The policy on moto, with its default version's document."""
        del call
        iam = self.services.aws("iam")
        policy = iam.get_policy(PolicyArn=stored.id)["Policy"]
        version = iam.get_policy_version(PolicyArn=stored.id, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
        inputs: Properties = {
            "name": policy["PolicyName"],
            "policy": document(version["Document"]),
            **present(description=policy.get("Description")),
            **self.tags_input(stored, policy.get("Tags", [])),
        }
        if "path" in stored.inputs or policy["Path"] != "/":
            inputs["path"] = policy["Path"]
        return Seen(
            inputs,
            {
                "arn": policy["Arn"],
                "policyId": policy["PolicyId"],
                "attachmentCount": policy.get("AttachmentCount", 0),
                "path": policy["Path"],
                "tagsAll": {tag["Key"]: tag["Value"] for tag in policy.get("Tags", [])},
            },
        )

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the policy."""
        made = self.services.aws("iam").create_policy(
            PolicyName=named(call, inputs),
            PolicyDocument=text(inputs, "policy"),
            Tags=self.tag_list(inputs),
            **present(Path=inputs.get("path"), Description=inputs.get("description")),
        )
        return str(made["Policy"]["Arn"])

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """A new default version, in the place of the oldest where there is no more room; and tags."""
        del call
        iam = self.services.aws("iam")
        if inputs.get("policy") != stored.inputs.get("policy"):
            versions = iam.list_policy_versions(PolicyArn=stored.id)["Versions"]
            if len(versions) >= _MOST_VERSIONS:
                oldest = min((item for item in versions if not item["IsDefaultVersion"]), key=_age)
                iam.delete_policy_version(PolicyArn=stored.id, VersionId=oldest["VersionId"])
            iam.create_policy_version(PolicyArn=stored.id, PolicyDocument=text(inputs, "policy"), SetAsDefault=True)
        if stale := self.stale_tags(stored, inputs):
            iam.untag_policy(PolicyArn=stored.id, TagKeys=stale)
        iam.tag_policy(PolicyArn=stored.id, Tags=self.tag_list(inputs))

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove the policy with its versions."""
        del call
        iam = self.services.aws("iam")
        with gone_is_fine():
            for version in iam.list_policy_versions(PolicyArn=stored.id)["Versions"]:
                if not version["IsDefaultVersion"]:
                    iam.delete_policy_version(PolicyArn=stored.id, VersionId=version["VersionId"])
            iam.delete_policy(PolicyArn=stored.id)


class RolePolicy(AwsHandler):
    """``aws:iam/rolePolicy:RolePolicy``; its id is ``role:name``."""

    replacing = (("name",), ("namePrefix",), ("role",))

    def told(self) -> frozenset[str]:
        """All of it."""
        return frozenset({"name", "role", "policy"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The inline policy on moto."""
        del call
        role, _, name = stored.id.partition(":")
        found = self.services.aws("iam").get_role_policy(RoleName=role, PolicyName=name)
        return Seen({"name": name, "role": role, "policy": document(found["PolicyDocument"])})

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Put it into the role."""
        role, name = text(inputs, "role"), named(call, inputs)
        self.services.aws("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=text(inputs, "policy"))
        return f"{role}:{name}"

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Put the new document."""
        del call
        role, _, name = stored.id.partition(":")
        self.services.aws("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=text(inputs, "policy"))

    def remove(self, call: Call, stored: Stored) -> None:
        """Take it out of the role."""
        del call
        role, _, name = stored.id.partition(":")
        with gone_is_fine():
            self.services.aws("iam").delete_role_policy(RoleName=role, PolicyName=name)


class RolePolicyAttachment(AwsHandler):
    """``aws:iam/rolePolicyAttachment:RolePolicyAttachment``; its id is ``role/arn``, as for the vendor's import.

    One of AWS's own policies is recorded: moto has them only when it loads all of them, which costs it its start.
    """

    replacing = (("role",), ("policyArn",))

    def told(self) -> frozenset[str]:
        """All of it."""
        return frozenset({"role", "policyArn"})

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The attachment on moto."""
        del call
        role, _, arn = stored.id.partition("/")
        if arn.startswith(_AWS_OWN):
            self.services.aws("iam").get_role(RoleName=role)
            known = self._records().read(self.kind.token, stored.id)
            return Seen({"role": role, "policyArn": arn}) if known else None
        pages = self.services.aws("iam").get_paginator("list_attached_role_policies").paginate(RoleName=role)
        if not any(policy["PolicyArn"] == arn for page in pages for policy in page["AttachedPolicies"]):
            return None
        return Seen({"role": role, "policyArn": arn})

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Attach."""
        role, arn = text(inputs, "role"), text(inputs, "policyArn")
        if arn.startswith(_AWS_OWN):
            self.services.aws("iam").get_role(RoleName=role)
            self._records().write(Record(self.kind.token, f"{role}/{arn}", call.urn, now(), inputs, inputs))
            return f"{role}/{arn}"
        self.services.aws("iam").attach_role_policy(RoleName=role, PolicyArn=arn)
        return f"{role}/{arn}"

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Nothing changes in place."""

    def remove(self, call: Call, stored: Stored) -> None:
        """Detach."""
        del call
        role, _, arn = stored.id.partition("/")
        self._records().remove(self.kind.token, stored.id)
        if arn.startswith(_AWS_OWN):
            return
        with gone_is_fine():
            self.services.aws("iam").detach_role_policy(RoleName=role, PolicyArn=arn)

    def _records(self) -> Records:
        return Records.below(self.services.connections.root, "aws")


def named(call: Call, inputs: Properties) -> str:
    """The name to make it by; one from a prefix becomes an input, as the vendor's plugin has it."""
    name = text(inputs, "name") or f"{text(inputs, 'namePrefix')}{suffix(call)}"
    inputs["name"] = name
    return name


def document(found: Any) -> str:  # noqa: ANN401 - boto3 decodes some documents and leaves others as text
    """A policy document as JSON text."""
    return json.dumps(found) if isinstance(found, dict) else urllib.parse.unquote(str(found))


def _age(version: Any) -> int:  # noqa: ANN401 - a version as boto3 gives it
    """``v12`` -> 12: the lower, the older."""
    return int(str(version["VersionId"]).removeprefix("v"))
