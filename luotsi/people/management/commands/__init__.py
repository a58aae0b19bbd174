"""Commands of the people room, run as `luotsi COMMAND`."""
