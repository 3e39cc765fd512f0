"""Ask checkov: start the scanner, or take what it said of the same content before."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from policies.checkov import cache, environment
from policies.checkov.files import is_for
from policies.checkov.scanning import Answer, Row, request, scan
from policies.checkov.verdicts import Check, Framework, Request, Results, Skip, Unjudged
from policies.listing import listed
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from toolchain.events import Emit

_SCANNER: Final = Path(__file__).resolve().parent / "scanner"
_OF_FILES: Final = (Framework.DOCKERFILE, Framework.GITHUB_ACTIONS, Framework.SECRETS)


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept of a framework of files: its verdicts, and each file's SHA-256 when they were found."""

    digests: dict[str, str]
    answer: Answer


def run(asked: Request, emit: Emit) -> Results:
    """Judge everything that ``asked`` holds.

    Raises:
        Problem: something was not judged as a whole (exit code 13), or checkov's environment cannot be had (4, 7, 8).
            What is not judged is not passed.
    """
    jobs = list(_jobs(asked, emit))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        answers = list(pool.map(lambda job: job[1](), jobs))
    checks: list[Check] = []
    skips: list[Skip] = []
    unjudged: list[Unjudged] = []
    for (framework, _job), answer in zip(jobs, answers, strict=True):
        unjudged += (Unjudged(framework, *row) for row in answer.unjudged)
        for check_id, verdict, subject, file, line, reason in answer.rows:
            title, link = answer.checks[check_id]
            check = Check(framework, check_id, verdict == "passed", title, subject, file, line, link)
            if verdict == "skipped":
                skips.append(Skip(check, reason))
            else:
                checks.append(check)
    return Results(tuple(checks), tuple(skips), tuple(unjudged))


def _jobs(asked: Request, emit: Emit) -> Iterator[tuple[Framework, Callable[[], Answer]]]:
    """What is to be judged, the longest first; each is a process of its own."""
    frameworks = asked.frameworks
    if Framework.TERRAFORM_PLAN in frameworks and asked.plan is not None:
        plan = {"plan": msgspec.json.encode(asked.plan, order="sorted").decode()}
        yield Framework.TERRAFORM_PLAN, lambda: _content(Framework.TERRAFORM_PLAN, plan, None, emit)
    if Framework.KUBERNETES in frameworks and (asked.manifests or asked.rendered):
        objects = {"manifests": asked.manifests}
        yield Framework.KUBERNETES, lambda: _content(Framework.KUBERNETES, objects, asked.rendered, emit)
    wanted = [framework for framework in reversed(_OF_FILES) if framework in frameworks]
    if asked.folder is None or not wanted:
        return
    folder = asked.folder.resolve()
    names = listed(folder, new=False)
    for framework in wanted:
        if chosen := [name for name in names if is_for(framework, name)]:
            yield framework, _of_files(framework, folder, chosen, emit)


def _content(framework: Framework, content: dict[str, Any], rendered: Path | None, emit: Emit) -> Answer:
    """The verdicts of a plan or of manifests: of all of it, as resources are judged together."""
    read = _named(rendered, rendered.rglob("*")) if rendered else {}
    digest = _digest(framework, msgspec.json.encode(content, order="sorted"), read)
    if kept := cache.load(digest, Answer):
        return kept
    where = {"rendered": str(rendered.resolve()) if rendered else ""}
    answer = _scan(framework, request(framework, content | where), emit)
    if not answer.unjudged:  # what went wrong may go right another time
        cache.store(digest, answer)
    return answer


def _of_files(framework: Framework, folder: Path, names: list[str], emit: Emit) -> Callable[[], Answer]:
    return lambda: _files(framework, folder, names, emit)


def _files(framework: Framework, folder: Path, names: list[str], emit: Emit) -> Answer:
    """The verdicts of files: of those that changed since they were judged last, as each is judged for itself."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    key = _digest(framework, str(folder).encode(), {})
    kept = cache.load(key, _Kept) or _Kept({}, Answer())
    changed = [name for name in names if kept.digests.get(name) != digests[name]]
    if not changed and len(kept.digests) == len(digests):
        return kept.answer
    answer = (
        _scan(framework, request(framework, {"folder": str(folder), "files": changed}), emit) if changed else Answer()
    )
    same = set(names) - set(changed)
    rows: list[Row] = [*(row for row in kept.answer.rows if row[3] in same), *answer.rows]
    whole = Answer(checks=kept.answer.checks | answer.checks, rows=rows, unjudged=answer.unjudged)
    if not whole.unjudged:
        cache.store(key, _Kept(digests, whole))
    return whole


def _scan(framework: Framework, stdin: bytes, emit: Emit) -> Answer:
    python = environment.python(emit)
    emit(Event("checkov.judging", f"checkov judges: {framework}", {"framework": framework.value}))
    return scan(framework, stdin, python)


def _named(folder: Path, paths: Iterable[Path]) -> dict[str, Path]:
    """Files by their names below ``folder``, sorted."""
    return {str(path.relative_to(folder)): path for path in sorted(paths) if path.is_file()}


def _digest(framework: Framework, content: bytes, read: Mapping[str, Path]) -> str:
    """SHA-256 of what decides a verdict: what is judged and ``read`` for it, the scanner, checkov's environment."""
    digest = hashlib.sha256(f"{framework}\0{environment.key()}\0{len(content)}\0".encode() + content)
    for files in (_named(_SCANNER, _SCANNER.glob("*.py")), read):
        for name, path in files.items():
            text = path.read_bytes()
            digest.update(f"{name}\0{len(text)}\0".encode() + text)
        digest.update(b"\0")
    return digest.hexdigest()
