"""Views of this room: fetch through access, parse, one call, answer."""
