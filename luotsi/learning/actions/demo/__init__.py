"""The room's part of the demo: an invented vocational college, whose study data the worker takes in."""

from luotsi.learning.actions.demo.load import clear_demo, load_demo

__all__ = ["clear_demo", "load_demo"]
