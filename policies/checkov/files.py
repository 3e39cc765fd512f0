"""Which files of a repository a framework of checkov is for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from policies.checkov.verdicts import Framework

_DOCKERFILE: Final = re.compile(r"(.+\.)?[Dd]ockerfile(\..+)?")
_NO_DOCKERFILE: Final = (".dockerignore", ".py")


def is_for(framework: Framework, name: str) -> bool:
    """Whether a framework judges a file of that name; secrets are looked for in every file."""
    if framework is Framework.DOCKERFILE:
        return bool(_DOCKERFILE.fullmatch(Path(name).name)) and not name.endswith(_NO_DOCKERFILE)
    if framework is Framework.GITHUB_ACTIONS:
        return ".github/workflows/" in f"/{name}" and name.endswith((".yml", ".yaml"))
    return framework is Framework.SECRETS
