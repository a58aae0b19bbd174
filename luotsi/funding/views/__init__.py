"""Pages of this room: each fetches through access, parses, makes one call and answers."""
