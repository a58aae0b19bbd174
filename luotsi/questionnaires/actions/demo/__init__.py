"""The room's part of the demo: a call of the region to its schools in the middle of being answered."""

from luotsi.questionnaires.actions.demo.load import clear_demo, load_demo

__all__ = ["clear_demo", "load_demo"]
