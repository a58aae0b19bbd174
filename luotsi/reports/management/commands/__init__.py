"""Commands of the reports room, run as `luotsi COMMAND`."""
