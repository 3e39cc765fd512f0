"""The kubernetes stand-in's configuration."""

from __future__ import annotations

from providers.kit import UNKNOWN, Failure
from sandbox.plugins.kubernetes.settings import Settings, failures


def test_text_is_read() -> None:
    """The engine sends provider settings as text."""
    settings = Settings.read({"enablePatchForce": "true", "namespace": "team"}, {})
    assert (True, "team") == (settings.enable_patch_force, settings.namespace)


def test_environment_fills_in() -> None:
    """What the program leaves out comes from the vendor's environment variables."""
    settings = Settings.read({}, {"KUBECONFIG": "/k", "PULUMI_K8S_ENABLE_SECRET_MUTABLE": "true"})
    assert ("/k", True) == (settings.kubeconfig, settings.enable_secret_mutable)


def test_program_wins() -> None:
    """The program's kubeconfig comes before the environment's."""
    assert "/mine" == Settings.read({"kubeconfig": "/mine"}, {"KUBECONFIG": "/other"}).kubeconfig


def test_unknown_setting_is_refused() -> None:
    """A setting that does not exist is named."""
    assert (Failure(("nameSpace",), "Extra inputs are not permitted"),) == failures({"nameSpace": "x"})


def test_setting_without_effect_is_refused() -> None:
    """A setting of the vendor's that would do nothing here is refused, not ignored."""
    assert [("renderYamlToDirectory",)] == [failure.path for failure in failures({"renderYamlToDirectory": "/x"})]


def test_client_side_apply_is_refused() -> None:
    """The stand-in applies on the server's side only."""
    assert [("enableServerSideApply",)] == [failure.path for failure in failures({"enableServerSideApply": "false"})]


def test_unknown_values_pass() -> None:
    """A value that is not known yet is not judged; what the vendor's plugin alone needs is accepted."""
    assert () == failures({"kubeconfig": UNKNOWN, "helmReleaseSettings": "{}", "version": "4.34.2"})
