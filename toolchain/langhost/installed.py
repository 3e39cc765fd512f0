"""Print the distributions installed in the Python that runs this file, as JSON: ``[[name, version], ...]``.

Run on its own by whatever Python a project has, so it imports nothing but the standard library. With ``--direct``, only
those that no other one requires.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import distributions


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _names() -> list[tuple[str, str]]:
    found = {_normal(item.metadata["Name"]): item for item in distributions() if item.metadata["Name"]}
    required = set()
    if "--direct" in sys.argv[1:]:
        for item in found.values():
            for line in item.requires or ():
                match = re.match(r"[A-Za-z0-9._-]+", line)
                if match and "extra ==" not in line:
                    required.add(_normal(match[0]))
    return [(item.metadata["Name"], item.version) for name, item in sorted(found.items()) if name not in required]


if __name__ == "__main__":
    json.dump(_names(), sys.stdout)
