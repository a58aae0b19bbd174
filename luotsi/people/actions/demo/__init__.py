"""Loading the demo: real municipalities, invented schools and people, through the room's own actions."""

from luotsi.people.actions.demo.cast import add_cast_member
from luotsi.people.actions.demo.load import DemoRefused, load_demo, reset_demo

__all__ = ["DemoRefused", "add_cast_member", "load_demo", "reset_demo"]
