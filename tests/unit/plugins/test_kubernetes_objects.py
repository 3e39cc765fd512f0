"""Objects as the kubernetes stand-in sends and stores them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from providers.kit import UNKNOWN, Properties
from sandbox.plugins.kubernetes import objects
from sandbox.plugins.kubernetes.tokens import Type

CONFIG_MAP = Type("v1", "ConfigMap")
SECRET = Type("v1", "Secret")
SERVICE = Type("v1", "Service")


def test_identity() -> None:
    """The id is namespace and name, or the name alone, or empty while unknown."""
    given_: list[Properties] = [
        {"metadata": {"namespace": "team", "name": "a"}},
        {"metadata": {"name": "a"}},
        {"metadata": {"name": UNKNOWN}},
        {"metadata": {"name": "a", "namespace": UNKNOWN}},
        {"metadata": UNKNOWN},
    ]
    assert ["team/a", "a", "", "", ""] == [objects.identity(values) for values in given_]


def test_place() -> None:
    """An id without a namespace is in the default one."""
    assert [("team", "a"), ("default", "a")] == [objects.place(text, "default") for text in ("team/a", "a")]


def test_manifest_is_complete() -> None:
    """What is sent has type, namespace and name, and nothing of the plugin's own or of None."""
    inputs: Properties = {"metadata": {"labels": None}, "data": {"a": "1", "b": None}, "__own": 1, "status": {}}
    expected = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"namespace": "team", "name": "made"},
        "data": {"a": "1"},
    }
    assert expected == objects.manifest(CONFIG_MAP, inputs, namespace="team", name="made")


def test_manifest_outside_namespaces() -> None:
    """An object outside namespaces is sent without one, whatever the program says."""
    made = objects.manifest(Type("v1", "Namespace"), {"metadata": {"name": "a", "namespace": "b"}}, namespace="")
    assert {"name": "a"} == made["metadata"]


def test_string_data_is_sent_as_data() -> None:
    """A Secret's texts are sent encoded, and win over data of the same key, as on the server."""
    inputs: Properties = {"metadata": {"name": "a"}, "data": {"k": "b2xk", "x": "eA=="}, "stringData": {"k": "new"}}
    made = objects.manifest(SECRET, inputs, namespace="team")
    assert ({"k": "bmV3", "x": "eA=="}, False) == (made["data"], "stringData" in made)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4))
def test_secret_texts_come_back(texts: dict[str, str]) -> None:
    """What was encoded for the server is read back as it was."""
    encoded = objects.secret_data({"stringData": texts})["data"]
    assert texts == objects.secret_texts(encoded, texts)


def test_binary_data_is_no_text() -> None:
    """A Secret's value that is no text is left out."""
    assert {} == objects.secret_texts({"a": "/w=="}, {"a": "", "gone": ""})


def test_outputs_have_no_field_owners() -> None:
    """The state holds the object and who applied it, without the server's book of owners."""
    found = objects.outputs({"kind": "X", "metadata": {"name": "a", "managedFields": [1]}}, "me")
    assert {"kind": "X", "metadata": {"name": "a"}, "__fieldManager": "me"} == found


def test_preview_of_a_new_object() -> None:
    """What only storing can tell is unknown in a preview: identity, status, what the server assigns."""
    rehearsed = {"metadata": {"name": "a", "namespace": "default", "uid": "of a rehearsal"}, "spec": {"clusterIP": "1"}}
    inputs: Properties = {"metadata": {"name": "a", "namespace": "team"}, "spec": {}}
    found = objects.expected(SERVICE, rehearsed, inputs, "me")
    meta = objects.metadata(found)
    assert ("team", UNKNOWN, UNKNOWN, {"clusterIP": UNKNOWN, "clusterIPs": UNKNOWN}) == (
        meta["namespace"],
        meta["uid"],
        found["status"],
        found["spec"],
    )


def test_asked_for_is_known() -> None:
    """What the program asks for is known in a preview, also where the server would assign it."""
    inputs: Properties = {"metadata": {"name": "a"}, "spec": {"clusterIP": "None", "clusterIPs": ["None"]}}
    rehearsed = {"metadata": {"name": "a"}, "spec": {"clusterIP": "None", "clusterIPs": ["None"]}}
    assert inputs["spec"] == objects.expected(SERVICE, rehearsed, inputs, "me")["spec"]


def test_guess_without_metadata() -> None:
    """A preview whose metadata is not known yet says so."""
    assert UNKNOWN is objects.guessed({"metadata": UNKNOWN}, "me")["metadata"]
