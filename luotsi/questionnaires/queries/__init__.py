"""What pages, documents and commands show of questionnaires."""
