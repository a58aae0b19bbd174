"""Computations over many learners: public sets of real students, snapshots, scoring; no Django."""
