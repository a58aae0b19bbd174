"""THE one place where figures leave the room: computed for a whole block of units, protected, then picked.

A block is the whole tree above and below a unit: all its units, all periods and all splits are protected together, so
that no two questions, put one after the other, reveal what one alone would not. Pages, charts, files, programs and
reports ask here and nowhere else.
"""

from luotsi.indicators.queries.figures.picking import Figures, figures_of

__all__ = ["Figures", "figures_of"]
