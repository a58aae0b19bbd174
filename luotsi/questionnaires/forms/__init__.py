"""Input of this room: pages of responses, publishing, opening, sharing."""
