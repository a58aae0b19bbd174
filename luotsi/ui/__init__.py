"""Floor 1: page shell, components, lists, charts and exports; it draws and never asks the database."""
