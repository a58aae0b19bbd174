"""Commands of the funding room, run as `luotsi COMMAND`."""
