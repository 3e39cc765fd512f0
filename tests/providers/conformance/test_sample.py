"""The suite on the smallest provider that uses all of the kit."""

from __future__ import annotations

import pytest

from tests.providers.conformance.sample.subject import Sample
from tests.providers.conformance.suite import Conformance

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("sample-conformance")]


class TestSample(Conformance):
    """The sample keeps what every provider keeps."""

    subject = Sample
