"""The engine's protocol, without the SDK around it.

``import pulumi.runtime.proto`` runs the whole SDK's start-up first (0.4 s of processor time, for every host that the
engine starts). The messages need none of it. So the packages above them are entered as bare modules: their folder is
known, their ``__init__`` is never run. This process is the host and nothing else; programs and plugins run in processes
of their own, with the whole SDK.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2
else:

    def _enter_bare_packages() -> None:
        if "pulumi" in sys.modules:  # the whole SDK is there already, as in a test
            return
        spec = find_spec("pulumi")
        if spec is None or spec.origin is None:
            raise ImportError("the Pulumi SDK is not installed in this Python")
        folder = Path(spec.origin).parent
        for name in ("pulumi", "pulumi.runtime", "pulumi.runtime.proto"):
            bare = ModuleSpec(name, None, is_package=True)
            bare.submodule_search_locations = [str(folder.joinpath(*name.split(".")[1:]))]
            sys.modules[name] = module_from_spec(bare)

    _enter_bare_packages()
    from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

__all__ = ["language_pb2", "language_pb2_grpc", "plugin_pb2"]
