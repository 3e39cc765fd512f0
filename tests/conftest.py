"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A slow machine is no fault of the code: no test here is timed, property tests neither.
settings.register_profile("groundwork", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("groundwork")
