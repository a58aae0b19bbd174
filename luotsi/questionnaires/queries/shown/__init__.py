"""A page of a response as its template draws it."""
