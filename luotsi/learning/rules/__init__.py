"""Pure rules of study data, progress, guidance and forecasts; no Django."""
