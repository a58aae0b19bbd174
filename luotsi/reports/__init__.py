"""Reports: figures, texts and decisions of one moment, frozen with a hash and proved again at any time."""
