"""Declare every golden pair's program, each below a component of the pair's name."""

from __future__ import annotations

import pulumi
from pulumi.runtime.settings import get_root_resource, set_root_resource

from tests.policies.golden.pairs import pairs

for name, pair in pairs().items():
    stack = get_root_resource()
    assert stack is not None
    # What a program declares hangs below the root: so the pair's own component is that while its program runs.
    set_root_resource(pulumi.ComponentResource(f"golden:index:{name}", name))
    pair.program()
    set_root_resource(stack)
