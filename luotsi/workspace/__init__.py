"""Floor 8: pages that join rooms: what waits for me, search, the demo's own pages."""
