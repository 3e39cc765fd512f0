"""The policy pack's entry: `pulumi preview --policy-pack policies`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pulumi_policy import PolicyPack

from policies.crossguard import policies
from policies.excused import Excused
from policies.gate.suppressions import load
from policies.rules import RULES

if __name__ == "__main__":
    today = dt.datetime.now(dt.UTC).date()
    file = load(Path(__file__).parents[1], today).suppressions
    PolicyPack(name="groundwork", policies=policies(RULES, Excused(file, today)))
