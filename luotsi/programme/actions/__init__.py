"""What can be done in this room: plans, states of milestones, findings, money, the annual clock, consent."""
