"""Where `gw deploy --rollback` goes back to."""

from __future__ import annotations

from datetime import UTC, datetime

from delivery.deploying.steps import good_before
from providers.railway.answers import Deployment


def _deployment(number: int, image: str | None, *, reason: str = "deploy", able: bool = True) -> Deployment:
    return Deployment(
        id=str(number),
        status="REMOVED",
        created_at=datetime.fromtimestamp(number, UTC),
        can_rollback=able,
        project_id="p",
        environment_id="e",
        meta=None if image is None else {"image": image, "reason": reason},
    )


def _back(*found: Deployment, serving: str = "two") -> list[str]:
    """Images that are gone back to, from deployments of which the newest comes first."""
    return [str((one.meta or {})["image"]) for one in good_before(found, serving)]


def test_the_newest_of_another_image_comes_first() -> None:
    """Whatever serves now is passed over, however often it was deployed."""
    assert ["one", "zero"] == _back(*(_deployment(3 - n, name) for n, name in enumerate(["two", "two", "one", "zero"])))


def test_what_a_rollback_has_left_is_passed_over() -> None:
    """It served, and was gone back from."""
    assert ["one"] == _back(
        _deployment(4, "two", reason="rollback"), _deployment(3, "bad"), _deployment(2, "two"), _deployment(1, "one")
    )


def test_what_was_left_once_may_be_good_later() -> None:
    """Deployed anew and not left again, it counts."""
    assert ["fixed", "one"] == _back(
        _deployment(6, "two"),
        _deployment(5, "fixed"),
        _deployment(4, "two", reason="rollback"),
        _deployment(3, "fixed"),
        _deployment(2, "two"),
        _deployment(1, "one"),
    )


def test_what_railway_cannot_go_back_to_is_none() -> None:
    """It failed, or Railway has dropped its image; or does not say what it was made of."""
    assert [] == _back(_deployment(3, "two"), _deployment(2, "one", able=False), _deployment(1, None))
