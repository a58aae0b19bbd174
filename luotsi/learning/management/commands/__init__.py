"""Commands of the learning room, run as `luotsi COMMAND`."""
