"""Study data come in: sorted by learner, scrubbed, read, held against the rules, written with since when it is known.

`take_in` does it at once; `begin_import` lets the worker do it and shows how far it is.
"""

from luotsi.learning.actions.intake.jobs import begin_import
from luotsi.learning.actions.intake.refusals import IntakeRefused
from luotsi.learning.actions.intake.taking import take_in

__all__ = ["IntakeRefused", "begin_import", "take_in"]
