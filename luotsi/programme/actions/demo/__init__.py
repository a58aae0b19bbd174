"""The room's part of the demo: the two programmes that come along, with invented states of real municipalities."""

from luotsi.programme.actions.demo.load import clear_demo, load_demo

__all__ = ["clear_demo", "load_demo"]
