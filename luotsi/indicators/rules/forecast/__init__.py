"""Forecasts of reaching a target: the method that did best in the past, a range, a probability, and a verdict."""

from luotsi.indicators.rules.forecast.kept import Kept, Score, score
from luotsi.indicators.rules.forecast.make import forecast
from luotsi.indicators.rules.forecast.methods import Method
from luotsi.indicators.rules.forecast.result import Aim, Backtest, Band, Forecast, Point

__all__ = ["Aim", "Backtest", "Band", "Forecast", "Kept", "Method", "Point", "Score", "forecast", "score"]
