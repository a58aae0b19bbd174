"""The room's part of the demo: real calls of earlier years with the sums that were applied for, and an own call."""

from luotsi.funding.actions.demo.load import clear_demo, load_demo

__all__ = ["clear_demo", "load_demo"]
