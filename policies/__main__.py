"""The policy pack's entry: `pulumi preview --policy-pack policies`."""

from __future__ import annotations

from pulumi_policy import PolicyPack

from policies.crossguard import policies
from policies.rules import RULES

if __name__ == "__main__":
    PolicyPack(name="groundwork", policies=policies(RULES))
