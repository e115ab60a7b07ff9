"""The demonstration council: invented people, services, bodies and reports, in every state a person will meet.

Its accounts are marked, and unknown to a service that is not a demonstration.
"""

from tracker.demonstration.setting_up import environment, prepare, prepare_large

__all__ = ["environment", "prepare", "prepare_large"]
