"""Commands of the programme room, run as `luotsi COMMAND`."""
