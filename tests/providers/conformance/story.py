"""What happens to a provider, once, from an empty stack to an empty stack; the suite's tests look at what was left.

Each run of the engine takes one to three seconds, so each shows as much as it can.
"""

from __future__ import annotations

import json
import logging
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.serving import make_server

from tests.providers.conformance.project import Project, Run, kill

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from tests.providers.conformance.subject import Subject

_LIMIT = 60


@dataclass
class Story:
    """All that is known afterwards.

    Attributes:
        runs: each run of the engine, by the name of its step.
        things: what the fake had after a step.
        asked: how many requests the preview of the empty stack sent.
        ids: the resources' ids in the state before and after what was meddled with was mended.
        mended: whether that was as declared again.
        states: the exported state after a step, secrets as they are kept.
        schema: the package's schema as the engine reads it.
    """

    runs: dict[str, Run] = field(default_factory=dict)
    things: dict[str, Collection[str]] = field(default_factory=dict)
    asked: int = -1
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    mended: bool = False
    states: dict[str, str] = field(default_factory=dict)
    schema: dict[str, Any] = field(default_factory=dict)

    def written(self) -> str:
        """Everything that the engine printed, logged and stored."""
        texts = [text for run in self.runs.values() for text in (run.output, run.events)]
        return "\n".join([*texts, *self.states.values()])


def tell(subject: Subject, folder: Path) -> Story:
    """Let it happen."""
    story = Story()
    holding = _Holding(subject.application, lambda: len(subject.things()))
    with served(holding) as url:
        project = Project.make(folder, {subject.package: subject.plugin}, subject.stack(url))
        schema = folder / "schema.json"
        schema.write_text(project.succeed("package", "get-schema", str(subject.plugin)), encoding="utf-8")
        project.succeed("schema", "check", str(schema))  # Pulumi's own judgement of it
        story.schema = json.loads(schema.read_text("utf-8"))
        project.declare(subject.resources)
        _begin(story, subject, project, holding)
        _meddle(story, subject, project)
        _change(story, subject, project)
        _import(story, subject, project)
        story.runs["destroy"] = project.run("destroy")
        story.things["destroy"] = subject.things()
    return story


def _begin(story: Story, subject: Subject, project: Project, holding: _Holding) -> None:
    """Preview, an update that is killed after its first create, and what heals it."""
    story.runs["first preview"] = project.run("preview", "--json")
    story.asked = subject.requests()
    with holding.hold() as held:
        process = project.start("up")
        assert held.wait(_LIMIT), (project.folder / "killed.log").read_text("utf-8")
        kill(process)
    story.things["kill"] = subject.things()
    project.succeed("cancel", "test", "--yes")
    story.runs["clear"] = project.run("refresh", "--clear-pending-creates")
    story.runs["up"] = project.run("up")
    story.things["up"] = subject.things()
    story.states["up"] = json.dumps(project.state())
    story.runs["preview again"] = project.run("preview", "--json", "--expect-no-changes")
    story.runs["refresh"] = project.run("refresh", "--expect-no-changes")


def _meddle(story: Story, subject: Subject, project: Project) -> None:
    """Changes and deletions behind the provider's back are found, then mended."""
    story.ids["before"] = project.ids()
    subject.meddle()
    story.runs["drift"] = project.run("refresh", "--preview-only")
    story.runs["mend"] = project.run("up", "--refresh")
    story.mended = subject.mended()
    story.things["mend"] = subject.things()
    story.ids["after"] = project.ids()


def _change(story: Story, subject: Subject, project: Project) -> None:
    """Updates and replacements."""
    project.declare(subject.changed)
    story.runs["change"] = project.run("up")
    story.things["change"] = subject.things()
    story.states["change"] = json.dumps(project.state())
    story.runs["change again"] = project.run("preview", "--json", "--refresh", "--expect-no-changes")


def _import(story: Story, subject: Subject, project: Project) -> None:
    """The same things in another stack, by their ids alone."""
    ids = project.ids()
    project.succeed("stack", "init", "imported", "--copy-config-from", "test")
    rows = [
        {"type": item.type, "name": item.name, "id": ids[item.name]}
        for item in subject.changed
        if item.name in ids and item.name not in subject.not_imported
    ]
    (project.folder / "import.json").write_text(json.dumps({"resources": rows}), encoding="utf-8")
    arguments = ("--file", "import.json", "--generate-code=false", "--protect=false")
    story.runs["import"] = project.run("import", *arguments, stack="imported")
    story.runs["imported preview"] = project.run("preview", "--json", stack="imported")
    story.states["import"] = json.dumps(project.state("imported"))


class _Holding:
    """The fake, which can be told to do its next creation and hold the answer back."""

    def __init__(self, application: WSGIApplication, count: Callable[[], int]) -> None:
        self._application = application
        self._count = count
        self._lock = threading.Lock()
        self._armed = False
        self._held = threading.Event()
        self._released = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._lock:
            before = self._count()
            answer = self._application(environ, start_response)
            holds = self._armed and self._count() > before
            self._armed = self._armed and not holds
        if holds:
            self._held.set()
            self._released.wait(_LIMIT)
        return answer

    @contextmanager
    def hold(self) -> Iterator[threading.Event]:
        """Hold the answer to the next creation until the end of the block; gives the event that says it was made."""
        self._armed = True
        try:
            yield self._held
        finally:
            self._released.set()


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """Serve it on a free loopback port; gives its URL."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
