"""Declare BENCH_COUNT resources of BENCH_KIND: `noop` (the floor) or `configmap` (the kubernetes stand-in)."""

from __future__ import annotations

import os

count, kind = int(os.environ["BENCH_COUNT"]), os.environ["BENCH_KIND"]
if kind == "noop":
    from sandbox.plugins.noop import sdk

    for number in range(count):
        sdk.Resource(f"row-{number}", {"data": {"number": str(number)}})
else:
    import pulumi_kubernetes as kubernetes

    for number in range(count):
        kubernetes.core.v1.ConfigMap(
            f"row-{number}",
            metadata=kubernetes.meta.v1.ObjectMetaArgs(name=f"row-{number}", namespace="default"),
            data={"number": str(number)},
        )
