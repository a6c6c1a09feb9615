"""No property is judged by the clock: how long a case takes depends on what else a machine does."""

from hypothesis import settings

settings.register_profile("riskbook", deadline=None)
settings.load_profile("riskbook")
