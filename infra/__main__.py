"""Entry point of the Pulumi program: it only wires."""

from __future__ import annotations

import gc

import pulumi

from infra import program, settings
from toolchain.errors import Problem

# The SDKs make some ten thousand classes, which the collector would walk again and again; the process lives seconds.
gc.disable()


def main() -> None:
    """Read the settings, declare the stack, export; a user's mistake ends without a stack trace."""
    try:
        exports = program.build(settings.load())
    except Problem as problem:
        raise pulumi.RunError(str(problem)) from problem
    pulumi.export("namespaces", exports.namespaces)
    pulumi.export("backups", exports.backups)
    pulumi.export("edge", exports.edge)
    pulumi.export("buckets", exports.buckets)
    pulumi.export("copyWriterPolicyArn", exports.copy_writer_policy_arn)


main()
