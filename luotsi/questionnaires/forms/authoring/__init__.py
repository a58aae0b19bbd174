"""Forms of authors: making a questionnaire, its elements, translating, publishing."""
