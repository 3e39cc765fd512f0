"""Which AWS types take tags: a list made from the installed SDK, so that the pack need not import it.

`python -m policies.domain.catalogue` writes it anew after an upgrade of pulumi-aws; a test keeps both equal.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "data" / "aws_taggable.txt"

#: Objects in a bucket: they take at most 10 tags, and are data, not infrastructure.
_DATA = frozenset({"aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"})

# Each resource of the generated SDK names its type token where it calls its base class, and sets each input once.
_TOKEN = re.compile(r"^ +'(aws:[\w/-]+:\w+)',\n +resource_name,", re.MULTILINE)
_TAGS = '__props__.__dict__["tags"] = tags'


@cache
def _listed() -> frozenset[str]:
    return frozenset(line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#"))


def taggable(token: str) -> bool:
    """Whether resources of this type take tags."""
    return token.startswith("aws:") and token in _listed()


def installed(package: str = "pulumi_aws") -> list[str]:
    """The same from the source of the installed SDK, sorted; it reads some 1,700 files, in about a second.

    Raises:
        ModuleNotFoundError: the SDK is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(name=package)
    tokens: set[str] = set()
    for file in Path(spec.submodule_search_locations[0]).rglob("*.py"):
        text = file.read_text("utf-8")
        found = _TOKEN.search(text)
        if found and _TAGS in text:
            tokens.add(found[1])
    return sorted(tokens - _DATA)


if __name__ == "__main__":
    header = "# AWS types that take tags; written by `python -m policies.domain.catalogue`"
    LIST.write_text("\n".join([header, *installed(), ""]), "utf-8")
