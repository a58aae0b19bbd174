"""What can be done in this room: defining, entering, approving, aiming, foreseeing, importing, letting programs in."""
