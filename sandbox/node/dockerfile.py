"""What a Dockerfile says about running its image. What it says about building is not followed (see `images.py`)."""

from __future__ import annotations

import io
import json
import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

# The package carries no types; the three names used are typed where they enter.
from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]
from dockerfile_parse.util import WordSplitter, extract_key_values  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping

#: PATH of an image that sets none, as Docker has it.
STANDARD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class DockerfileError(ValueError):
    """A Dockerfile that cannot be understood."""


@dataclass(frozen=True)
class ImageConfig:
    """How an image is run.

    Attributes:
        entrypoint: ``ENTRYPOINT`` as a list; the shell form becomes ``/bin/sh -c``.
        command: ``CMD``, likewise.
        env: ``ENV`` of the final stage and of the stages it builds on.
        user: ``USER``, empty for root.
        folder: ``WORKDIR``.
        inherited: the command is another stage's; an ENTRYPOINT then drops it.
    """

    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    folder: str = "/"
    inherited: bool = False


def read(content: bytes) -> ImageConfig:
    """The run-time settings of a Dockerfile's last stage.

    Raises:
        DockerfileError: there is no FROM, or an instruction is malformed.
    """
    stages: dict[str, ImageConfig] = {}
    current: ImageConfig | None = None
    alias = ""
    build_args: dict[str, str] = {}
    for entry in DockerfileParser(fileobj=io.BytesIO(content)).structure:
        instruction, value = str(entry["instruction"]), str(entry["value"] or "").strip()
        try:
            if instruction == "FROM":
                if current is not None:
                    stages[alias] = current
                alias, current = _stage(value, stages, len(stages), build_args)
            elif instruction == "ARG":
                name, _, default = value.partition("=")
                build_args[name] = _plain(default, build_args, {})
            elif current is not None:
                current = _apply(current, instruction, value, build_args)
        except (ValueError, IndexError) as error:
            msg = f"line {int(entry['startline']) + 1}: {instruction} {value}: {error}"
            raise DockerfileError(msg) from error
    if current is None:
        msg = "the Dockerfile has no FROM"
        raise DockerfileError(msg)
    return current


def _stage(
    value: str, stages: Mapping[str, ImageConfig], number: int, build_args: Mapping[str, str]
) -> tuple[str, ImageConfig]:
    words = [word for word in _plain(value, build_args, {}).split() if not word.startswith("--")]
    base = words[0]
    named = len(words) > 2 and words[1].lower() == "as"  # noqa: PLR2004 - FROM <image> AS <name>
    start = replace(stages.get(base, ImageConfig()), inherited=True)
    return (words[2] if named else str(number)), start


def _apply(config: ImageConfig, instruction: str, value: str, build_args: Mapping[str, str]) -> ImageConfig:
    if instruction == "ENTRYPOINT":
        return replace(config, entrypoint=_words(value), command=() if config.inherited else config.command)
    if instruction == "CMD":
        return replace(config, command=_words(value), inherited=False)
    if instruction == "USER":
        return replace(config, user=_plain(value, build_args, config.env))
    if instruction == "WORKDIR":
        return replace(config, folder=posixpath.join(config.folder, _plain(value, build_args, config.env)))
    if instruction == "ENV":
        known = {"PATH": STANDARD_PATH} | dict(config.env)
        pairs = dict(extract_key_values(env_replace=True, args=dict(build_args), envs=known, instruction_value=value))
        return replace(config, env=dict(config.env) | pairs)
    return config


def _words(value: str) -> tuple[str, ...]:
    """The exec form (a JSON list), or the shell form."""
    if value.startswith("["):
        parsed = json.loads(value)
        if not all(isinstance(word, str) for word in parsed):
            msg = "expected a list of strings"
            raise ValueError(msg)
        return tuple(parsed)
    return ("/bin/sh", "-c", value)


def _plain(value: str, build_args: Mapping[str, str], env: Mapping[str, str]) -> str:
    return str(WordSplitter(value, args=dict(build_args), envs=dict(env)).dequote())
