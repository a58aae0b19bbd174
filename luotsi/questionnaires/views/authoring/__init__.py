"""Pages of authors: questionnaires, their drafts and versions."""
