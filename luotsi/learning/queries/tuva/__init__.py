"""What the pages of preparatory studies (TUVA) show."""
