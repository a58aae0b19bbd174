"""Floor 1: what every room stands on: ids, clock, money, periods, audit log, outbox, privacy declarations."""
