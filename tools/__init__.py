"""Programs for those who build Luotsi: gates, databases and browsers for tests, message catalogues."""
