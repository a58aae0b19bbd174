"""Study paths, progress, guidance with honest models, forecasts."""
