"""What every provider keeps, on the real engine: one story is told (`story`), each test looks at one fact of it.

A provider runs it with a `Subject` of its own, in one file::

    pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("railway-conformance")]

    class TestRailway(Conformance):
        subject = RailwaySubject

The story takes 15 runs of the engine, 20 s for the sample on two cores. In a test of its own, `tell(subject, folder)`
gives the story to look at: ``story.runs["drift"].output``. That the SDK's classes say what the models say is a unit
test: `sdk.differences`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.providers.conformance.story import Story, tell

if TYPE_CHECKING:
    from tests.providers.conformance.subject import Subject


class Conformance:
    """The facts.

    Attributes:
        subject: whose they are.
    """

    subject: ClassVar[type[Subject]]

    @pytest.fixture(scope="class")
    @classmethod
    def story(cls, tmp_path_factory: pytest.TempPathFactory) -> Story:
        """The story, told once for all tests."""
        return tell(cls.subject(), tmp_path_factory.mktemp("conformance") / "project")

    def test_the_schema_has_every_type(self, story: Story) -> None:
        """The engine reads the package's schema, and finds each of its types there."""
        assert self.subject.tokens == story.schema["resources"].keys()

    def test_the_schema_has_every_input(self, story: Story) -> None:
        """What the sample resources are given is in the schema."""
        known = {token: spec["inputProperties"].keys() for token, spec in story.schema["resources"].items()}
        given = [(item.type, key) for item in self.subject.resources for key in item.properties]
        assert [] == [(token, key) for token, key in given if key not in known[token]]

    def test_a_preview_of_what_is_not_there(self, story: Story) -> None:
        """With inputs that are not known yet, each resource is to be created."""
        run = story.runs["first preview"]
        expected = {item.name: "create" for item in self.subject.resources}
        assert (0, expected) == (run.exit_code, run.operations), run.output

    def test_a_preview_of_what_is_not_there_asks_nobody(self, story: Story) -> None:
        """It sends no request: it works without a network and with a token that is none yet."""
        assert 0 == story.asked

    def test_a_killed_create_had_made_something(self, story: Story) -> None:
        """The engine was killed when something was made that the state knows nothing of."""
        assert 1 <= len(story.things["kill"])

    def test_an_update_after_the_kill(self, story: Story) -> None:
        """The next update makes the rest."""
        run = story.runs["up"]
        expected = {item.name: "create" for item in self.subject.resources}
        assert (0, expected) == (run.exit_code, run.operations), run.output

    def test_never_two(self, story: Story) -> None:
        """What was there already is adopted: nothing is there twice, and nothing was made anew."""
        made = set(story.things["kill"])
        assert (len(story.things["up"]), made) == (len(set(story.things["up"])), made & set(story.things["up"]))
        assert len(story.things["up"]) == len(story.things["mend"]) == len(story.things["change"])

    def test_what_was_adopted_is_told(self, story: Story) -> None:
        """The user learns of it."""
        assert "adopted" in story.runs["up"].output

    def test_a_second_update_is_empty(self, story: Story) -> None:
        """A preview after the update finds nothing to do."""
        run = story.runs["preview again"]
        assert (0, {}) == (run.exit_code, run.operations), run.output

    def test_a_refresh_after_an_update_is_empty(self, story: Story) -> None:
        """What is read back is what was written."""
        run = story.runs["refresh"]
        assert (0, {}) == (run.exit_code, run.operations), run.output

    def test_every_change_behind_its_back_is_found(self, story: Story) -> None:
        """A refresh that changes nothing names each property that somebody changed, and what somebody deleted."""
        run = story.runs["drift"]
        expected = dict.fromkeys(self.subject.drift, "update") | dict.fromkeys(self.subject.lost, "delete")
        assert (0, expected) == (run.exit_code, run.operations), run.output
        missing = {name: path for name, path in self.subject.drift.items() if path not in run.paths[name]}
        assert {} == missing, run.paths

    def test_changes_behind_its_back_are_mended(self, story: Story) -> None:
        """An update with a refresh puts back what was changed, and makes what was deleted."""
        run = story.runs["mend"]
        assert (0, True) == (run.exit_code, story.mended), run.output

    def test_what_was_deleted_has_another_id(self, story: Story) -> None:
        """The state holds the new one's id; the others kept theirs."""
        before, after = story.ids["before"], story.ids["after"]
        assert before.keys() == after.keys()
        other = {name for name in before if before[name] != after[name]}
        assert other <= self.subject.lost

    def test_updates_and_replacements(self, story: Story) -> None:
        """An edit of the program updates what can be, and replaces what cannot."""
        run = story.runs["change"]
        expected = dict.fromkeys(self.subject.updates, "update") | dict.fromkeys(self.subject.replaces, "replace")
        assert (0, expected) == (run.exit_code, run.operations), run.output

    def test_an_update_after_the_edit_is_empty(self, story: Story) -> None:
        """A refresh and a preview after it find nothing to do."""
        run = story.runs["change again"]
        assert (0, {}) == (run.exit_code, run.operations), run.output

    def test_import(self, story: Story) -> None:
        """Each resource is imported by its id."""
        run = story.runs["import"]
        expected = {item.name: "import" for item in self.subject.changed if item.name not in self.subject.not_imported}
        assert (0, expected) == (run.exit_code, run.operations), run.output

    def test_a_preview_after_the_import_is_empty(self, story: Story) -> None:
        """The program that made it finds nothing to change in what was imported."""
        run = story.runs["imported preview"]
        changed = {name: step for name, step in run.operations.items() if name not in self.subject.not_imported}
        assert (0, {}) == (run.exit_code, changed), run.output

    def test_destroy(self, story: Story) -> None:
        """Nothing is left."""
        run = story.runs["destroy"]
        assert (0, []) == (run.exit_code, list(story.things["destroy"])), run.output

    def test_secrets_are_never_seen(self, story: Story) -> None:
        """No secret is in anything that the engine printed, logged or stored: previews, events, states, imports."""
        written = story.written()
        assert [] == [canary for canary in self.subject.canaries if canary in written]

    def test_secrets_are_kept(self, story: Story) -> None:
        """The states hold secrets, encrypted: the test above looks at something."""
        assert all('"ciphertext"' in state for state in story.states.values())
