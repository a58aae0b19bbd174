"""Records of the room: indicators and their definitions, observations, targets, kept forecasts, imports, tokens."""

from luotsi.indicators.models.definitions import Definition, Indicator
from luotsi.indicators.models.forecasts import KeptForecast
from luotsi.indicators.models.imports import ObservationImport
from luotsi.indicators.models.observations import Observation
from luotsi.indicators.models.targets import Target
from luotsi.indicators.models.tokens import ApiToken

__all__ = ["ApiToken", "Definition", "Indicator", "KeptForecast", "Observation", "ObservationImport", "Target"]
