"""What the deeds of this room are called in the log of changes: each verb with its words."""

DEEDS: dict[str, object] = {}
