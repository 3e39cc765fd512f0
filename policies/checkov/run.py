"""Ask checkov: start the scanner in checkov's environment, or take what it said of the same content before."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from policies.checkov import cache, environment
from policies.checkov.verdicts import Check, Framework, Request, Results, Skip, Unjudged
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolchain.events import Emit

LIMIT_SECONDS: Final = 600.0
"""The most that one framework may take: far above the 4,000 resources that the gate is sized for."""
_POLICIES: Final = Path(__file__).resolve().parents[1]
_CHECKS: Final = _POLICIES / "checkov" / "checks"
_LIMIT_GIT: Final = 60.0


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the scanner writes; `scanner/answer.py` says what each part means."""

    checks: dict[str, tuple[str, str]] = {}
    rows: list[tuple[str, Literal["passed", "failed", "skipped"], str, str, int, str]] = []
    unjudged: list[tuple[str, str, str]] = []
    error: str = ""


def run(request: Request, emit: Emit) -> Results:
    """Judge everything that ``request`` holds.

    Raises:
        Problem: the scanner did not judge: it failed, or took too long (exit code 13); or checkov's environment
            cannot be had (4, 7, 8). What is not judged is not passed.
    """
    asked = list(_asked(request))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        answers = list(pool.map(lambda pair: _answer(*pair, emit), asked))
    checks: list[Check] = []
    skips: list[Skip] = []
    unjudged: list[Unjudged] = []
    for (framework, _content), answer in zip(asked, answers, strict=True):
        unjudged += (Unjudged(framework, *row) for row in answer.unjudged)
        for check_id, verdict, subject, file, line, reason in answer.rows:
            title, link = answer.checks[check_id]
            check = Check(framework, check_id, verdict == "passed", title, subject, file, line, link)
            if verdict == "skipped":
                skips.append(Skip(check, reason))
            else:
                checks.append(check)
    return Results(tuple(checks), tuple(skips), tuple(unjudged))


def _asked(request: Request) -> Iterator[tuple[Framework, dict[str, Any]]]:
    """Each framework that has something to judge, with what the scanner is to be told."""
    wanted = request.frameworks
    if Framework.TERRAFORM_PLAN in wanted and request.plan is not None:
        yield Framework.TERRAFORM_PLAN, {"plan": json.dumps(request.plan, separators=(",", ":"))}
    if Framework.KUBERNETES in wanted and (request.manifests or request.rendered):
        rendered = str(request.rendered.resolve()) if request.rendered else ""
        yield Framework.KUBERNETES, {"manifests": request.manifests, "rendered": rendered}
    if request.folder is None:
        return
    folder = request.folder.resolve()
    tracked = _tracked(folder)
    for framework, files in (
        (Framework.DOCKERFILE, [name for name in tracked if _is_dockerfile(name)]),
        (Framework.GITHUB_ACTIONS, [name for name in tracked if _is_workflow(name)]),
        (Framework.SECRETS, tracked),
    ):
        if framework in wanted and files:
            yield framework, {"folder": str(folder), "files": files}


def _answer(framework: Framework, content: dict[str, Any], emit: Emit) -> _Answer:
    own = _CHECKS / framework
    told = {"framework": framework.value, "own_checks": str(own) if own.is_dir() else "", **content}
    stdin = msgspec.json.encode(told)
    key = _key(stdin, content)
    kept = cache.load(key)
    if kept is not None:
        try:
            return msgspec.json.decode(kept, type=_Answer)
        except msgspec.DecodeError:  # damaged: it is judged again, and replaced
            pass
    emit(Event("checkov.judging", f"checkov judges: {framework}", {"framework": framework.value}))
    output = _scan(framework, stdin, environment.python(emit))
    answer = _decoded(framework, output)
    if not answer.unjudged:  # what went wrong may go right another time
        cache.store(key, output)
    return answer


def _scan(framework: Framework, stdin: bytes, python: Path) -> bytes:
    """What the scanner writes; its standard error is dropped, as it may tell what was judged."""
    command = [str(python), "-X", "utf8", "-m", "policies.checkov.scanner.scan"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, in our own environment
            command,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            check=False,
            timeout=LIMIT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _failed(framework, f"it took over {LIMIT_SECONDS:.0f} s") from None
    except OSError as error:
        raise _failed(framework, f"it does not start: {error.strerror}") from error
    if not done.stdout:
        raise _failed(framework, f"it ended with {done.returncode} and said nothing")
    return done.stdout


def _environment() -> dict[str, str]:
    """Nothing of the caller's: checkov reads dozens of variables, platform keys among them."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_POLICIES.parent),
        "PYTHONDONTWRITEBYTECODE": "1",  # none beside the checkout's own
        "CHECKOV_PARALLELIZATION_TYPE": "none",  # a forked worker's warnings would be lost
    }


def _decoded(framework: Framework, output: bytes) -> _Answer:
    try:
        told = msgspec.json.decode(output, type=_Answer)
    except msgspec.DecodeError as error:
        raise _failed(framework, "its answer is not whole") from error
    if told.error:
        raise _failed(framework, told.error)
    return told


def _failed(framework: Framework, why: str) -> Problem:
    return Problem(
        f"checkov did not judge: {why}",
        where=f"framework {framework}",
        fix="run it again; if it stays, remove the `checkov` folder of the toolchain's cache (`gw doctor` names it)",
        exit_code=ExitCode.NOT_JUDGED,
    )


def _key(stdin: bytes, content: dict[str, Any]) -> str:
    """SHA-256 of all that decides a verdict: what is judged, checkov and its Python, our scanner, checks and rules."""
    digest = hashlib.sha256(environment.key().encode())
    _add(digest, _POLICIES, sorted(_POLICIES.rglob("*.py")))
    digest.update(stdin)
    if folder := content.get("folder"):
        _add(digest, Path(folder), [Path(folder, name) for name in content["files"]])
    if rendered := content.get("rendered"):
        _add(digest, Path(rendered), sorted(path for path in Path(rendered).rglob("*") if path.is_file()))
    return digest.hexdigest()


def _add(digest: hashlib._Hash, folder: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        content = path.read_bytes()
        digest.update(f"\0{path.relative_to(folder)}\0{len(content)}\0".encode() + content)


def _tracked(folder: Path) -> list[str]:
    """Files of the repository as git lists them, sorted; those that are deleted or links are left out.

    Raises:
        Problem: git does not list them (exit code 13).
    """
    git = shutil.which("git") or "git"
    try:
        listed = subprocess.run(  # noqa: S603 - the user's own git
            [git, "ls-files", "-z"], cwd=folder, capture_output=True, check=True, timeout=_LIMIT_GIT
        ).stdout.decode()
    except (OSError, subprocess.SubprocessError) as error:
        raise Problem(
            "the files of the repository cannot be listed, so none was judged",
            where=str(folder),
            fix="install git, and judge a git checkout",
            exit_code=ExitCode.NOT_JUDGED,
        ) from error
    names = sorted(set(filter(None, listed.split("\0"))))
    return [name for name in names if (path := folder / name).is_file() and not path.is_symlink()]


def _is_dockerfile(name: str) -> bool:
    """As checkov tells them: ``Dockerfile``, ``Dockerfile.dev``, ``api.dockerfile``."""
    base = Path(name).name.lower()
    return base == "dockerfile" or base.startswith("dockerfile.") or base.endswith(".dockerfile")


def _is_workflow(name: str) -> bool:
    return ".github/workflows/" in f"/{name}" and name.endswith((".yml", ".yaml"))
