"""``$(NAME)`` references in commands, arguments and environment values, by Kubernetes' own rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: ``$$`` escapes a dollar; ``$(NAME)`` refers; any other dollar is itself.
_TOKEN = re.compile(r"\$(?:\$|\(([^)]*)\))")


def expand(text: str, values: Mapping[str, str]) -> str:
    """Replace each ``$(NAME)`` that is known; leave an unknown one as written; turn ``$$`` into ``$``."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return "$" if name is None else values.get(name, match.group(0))

    return _TOKEN.sub(value, text)
