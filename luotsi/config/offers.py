"""What each room offers to the floors above it, and who is asked: a new room adds its lines here, nothing else."""

LUOTSI_ROOMS = ["luotsi.people"]
LUOTSI_NAVIGATION = ["luotsi.workspace.queries.home_entry", "luotsi.people.queries.menu_entry"]
LUOTSI_WAITING = ["luotsi.people.waiting.tasks_for"]
LUOTSI_SEARCH = ["luotsi.people.queries.found_by"]
LUOTSI_REFERENCE = ["luotsi.people.actions.reference.load_reference"]
LUOTSI_DAILY = ["luotsi.base.housekeeping.forget_daily", "luotsi.people.actions.forgetting.forget_daily"]
LUOTSI_DEMO_PEOPLE = "luotsi.people.queries.demo.demo_people"
