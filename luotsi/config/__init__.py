"""Floor 9: settings, addresses and the lists that say which room is asked for what."""
