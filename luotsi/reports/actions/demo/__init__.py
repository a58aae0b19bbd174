"""The room's part of the demo: a draft evaluation with its blockers, and a published comparison of a region."""

from luotsi.reports.actions.demo.load import clear_demo, load_demo

__all__ = ["clear_demo", "load_demo"]
