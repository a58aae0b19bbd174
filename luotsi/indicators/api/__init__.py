"""What other programs read: fact tables and figures, with a key that a unit has made; described in OpenAPI.

Everything is asked of `queries`, so that a program sees no more than a page shows.
"""

from luotsi.indicators.api.served import api

__all__ = ["api"]
