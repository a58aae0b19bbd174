"""Commands of the questionnaires room, run as `luotsi COMMAND`."""
