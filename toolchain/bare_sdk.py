"""The Pulumi SDK's messages without the SDK's own start-up, for processes that speak the protocol and do no more.

``import pulumi.runtime.proto`` runs the whole SDK first: 0.1 to 0.4 s of processor time and 9 MiB, for the language
host and for each plugin, which the engine starts one after the other. The messages need none of it. So the packages
above them are entered as bare modules: their folder is known, their ``__init__`` is never run.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from pathlib import Path


def enter() -> None:
    """Make ``pulumi.runtime.proto`` importable alone; nothing else of ``pulumi`` is, in this process, from here on.

    Does nothing where the SDK is imported already, as in a test.

    Raises:
        ImportError: the SDK is not installed.
    """
    if "pulumi" in sys.modules:
        return
    spec = find_spec("pulumi")
    if spec is None or spec.origin is None:
        raise ImportError("the Pulumi SDK is not installed in this Python")
    folder = Path(spec.origin).parent
    for name in ("pulumi", "pulumi.runtime", "pulumi.runtime.proto"):
        bare = ModuleSpec(name, None, is_package=True)
        bare.submodule_search_locations = [str(folder.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = module_from_spec(bare)
