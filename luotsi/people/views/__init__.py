"""Pages of the people room: fetch through access, parse, one call to the domain, answer."""
