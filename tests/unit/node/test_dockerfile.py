"""What a Dockerfile says about running its image."""

from __future__ import annotations

import pytest

from sandbox.node.dockerfile import STANDARD_PATH, DockerfileError, ImageConfig, read


def _read(*lines: str) -> ImageConfig:
    return read("\n".join([*lines, ""]).encode())


def test_exec_form() -> None:
    """Lists are taken as they are."""
    found = _read("FROM x", 'ENTRYPOINT ["backup"]', 'CMD ["status", "--all"]')
    assert (found.entrypoint, found.command) == (("backup",), ("status", "--all"))


def test_shell_form() -> None:
    """A bare command runs in a shell."""
    assert _read("FROM x", "CMD echo $HOME").command == ("/bin/sh", "-c", "echo $HOME")


def test_last_stage() -> None:
    """Only the last stage counts."""
    found = _read("FROM x AS build", "USER root", "ENV A=1", "FROM y", "ENV B=2", "USER 5")
    assert (dict(found.env), found.user) == ({"B": "2"}, "5")


def test_stage_on_stage() -> None:
    """A stage takes over what the stage it builds on says."""
    found = _read("FROM x AS base", "ENV A=1", 'CMD ["a"]', "FROM base", "ENV B=$A$A")
    assert (dict(found.env), found.command) == ({"A": "1", "B": "11"}, ("a",))


def test_entrypoint_drops_inherited_command() -> None:
    """A new entrypoint makes the other stage's command void, its own stage's not."""
    inherited = _read("FROM x AS base", 'CMD ["a"]', "FROM base", 'ENTRYPOINT ["e"]')
    own = _read("FROM x", 'CMD ["a"]', 'ENTRYPOINT ["e"]')
    assert (inherited.command, own.command) == ((), ("a",))


def test_path() -> None:
    """PATH can be extended: it starts as Docker's standard one."""
    assert _read("FROM x", 'ENV PATH="/app/bin:$PATH"').env["PATH"] == f"/app/bin:{STANDARD_PATH}"


def test_folder() -> None:
    """A relative WORKDIR goes below the one before."""
    assert _read("FROM x", "WORKDIR /a", "WORKDIR b").folder == "/a/b"


def test_arguments() -> None:
    """Build arguments with a default are known, before FROM and after."""
    found = _read("ARG TAG=1", "FROM x:$TAG", "ARG UID=7", "USER ${UID}")
    assert found.user == "7"


def test_continued_lines() -> None:
    """A setting over several lines is one."""
    assert dict(_read("FROM x", "ENV A=1 \\", "    B=2").env) == {"A": "1", "B": "2"}


@pytest.mark.parametrize("lines", [[], ["RUN x"], ["FROM x", "ENTRYPOINT [1]"], ["FROM x", "CMD [oops"]])
def test_malformed(lines: list[str]) -> None:
    """What cannot be understood is an error that names the line."""
    with pytest.raises(DockerfileError):
        _read(*lines)
