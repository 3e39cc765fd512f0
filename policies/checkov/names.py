"""How the Terraform bridge names what it takes over: ``cors_rule`` becomes ``corsRules``, ``kms_key_id`` ``kmsKeyId``.

The rules are those of `pulumi-terraform-bridge` (``pkg/tfbridge/internal/naming``): a name of its own where the mapping
gives one, else camelCase, in the plural for a list or a set that can hold more than one entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

#: Endings and their plural, first match wins: of the bridge's inflector those that names of the tables end with.
_PLURALS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(media|information|equipment|series|species|news)$", r"\1"),
        (r"status$", "statuses"),
        (r"(matr|vert|ind)(ix|ex)$", r"\1ices"),
        (r"(x|ch|ss|sh)$", r"\1es"),
        (r"([^aeiouy]|qu)y$", r"\1ies"),
        (r"sis$", "ses"),
        (r"([ti])um$", r"\1a"),
        (r"us$", "uses"),
        (r"alias$", "aliases"),
        (r"s$", "s"),
        (r"$", "s"),
    )
)
_WORD = re.compile(r"(?<=[^_])_+([a-z])")
_UNDERSCORES = re.compile(r"(?<=[^_])_+(?=[^_])")


def plural(name: str) -> str:
    """The plural of a Terraform name: ``policy`` -> ``policies``, ``subnet_ids`` stays."""
    return next(
        pattern.sub(replacement, name, count=1) for pattern, replacement in _PLURALS if pattern.search(name) is not None
    )


def camel(name: str) -> str:
    """A Terraform name in camelCase: ``kms_key_id`` -> ``kmsKeyId``."""
    return _UNDERSCORES.sub("", _WORD.sub(lambda found: found[1].upper(), name))


def pulumi_name(name: str, *, many: bool, siblings: Collection[str], own: Mapping[str, str]) -> str:
    """What the bridge calls a Terraform field.

    Args:
        name: the field, as in ``cors_rule``.
        many: whether it is a list or a set of more than one entry.
        siblings: all fields of the same block.
        own: the names that the mapping itself gives to fields of this block.
    """
    if name in own:
        return own[name]
    wanted = plural(name) if many else name
    # The plural is given up where a sibling has that name already, unless the sibling goes by another one.
    taken = wanted != name and wanted in siblings and own.get(wanted, wanted) == wanted
    return camel(name if taken else wanted)
