"""An invented vocational college: its learners' lives, told as the registers would have told them on many days.

Everything follows from a seed: the same seed, number of learners and day give the same documents byte by byte, and a
learner's life does not depend on how many others there are. Nobody in it exists.
"""
