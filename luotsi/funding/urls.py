"""Addresses of the funding room; names are verb-noun. Pages of a unit need a sign-in, published calls do not."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from luotsi.funding.views import (
    applications,
    asked_changes,
    call_parts,
    calls,
    changes,
    checking,
    checks,
    completing,
    deciding,
    decisions,
    grant_reports,
    imports,
    ledgers,
    matters,
    obligations,
    own_calls,
    own_shares,
    paying,
    portfolio,
    proposals,
    public_calls,
    publishing,
    received,
    rounds,
    scoring,
    spending,
    statistics,
    team,
)

app_name = "funding"


def scoped(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one unit."""
    return path(f"u/<slug:scope>/funding/{route}", view, name=name)


def of_application(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one application, seen from a unit."""
    return scoped(f"applications/<uuid:pk>/{route}", view, name=name)


def of_call(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one call, seen from a unit."""
    return scoped(f"calls/<slug:owner>/<slug:slug>/{route}", view, name)


def of_own_call(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of one own call of a unit, for its officers."""
    return scoped(f"own-calls/<slug:slug>/{route}", view, name)


def of_received(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return the address of a page of an application as the funder of its call has it."""
    return scoped(f"received/<uuid:pk>/{route}", view, name)


urlpatterns = [
    scoped("", portfolio.list_portfolio, "list-portfolio"),
    scoped("calls/", calls.list_calls, "list-calls"),
    scoped("calls/add/", calls.add_call, "add-call"),
    scoped("calls/import/", imports.import_calls, "import-calls"),
    scoped("calls/import/template.csv", imports.download_call_template, "download-call-template"),
    of_call("", calls.see_call, "see-call"),
    of_call("edit/", calls.edit_call, "edit-call"),
    of_call("form/", calls.mirror_form, "mirror-form"),
    of_own_call("changes/", asked_changes.list_asked_changes, "list-asked-changes"),
    of_own_call("changes/<uuid:change>/", asked_changes.see_asked_change, "see-asked-change"),
    of_own_call("changes/<uuid:change>/answer/", asked_changes.answer_asked_change, "answer-asked-change"),
    of_call("begin/", applications.begin_application, "begin-application"),
    path("calls/", public_calls.list_public_calls, name="list-public-calls"),
    path("calls/calls.json", public_calls.download_public_calls, name="download-public-calls"),
    path("calls/feed.<str:language>.atom", public_calls.follow_calls, name="follow-calls"),
    path("calls/<slug:owner>/<slug:slug>/", public_calls.see_public_call, name="see-public-call"),
    path("calls/<slug:owner>/<slug:slug>/apply/", public_calls.apply_to_call, name="apply-to-call"),
    path("calls/<slug:owner>/<slug:slug>/call.json", public_calls.download_public_call, name="download-public-call"),
    scoped("own-calls/", own_calls.list_own_calls, "list-own-calls"),
    path("grants/grants.<str:kind>", statistics.download_grants, name="download-grants"),
    scoped("own-call-statistics/", statistics.see_funder_statistics, "see-funder-statistics"),
    scoped("begin-own-call/", own_calls.begin_own_call, "begin-own-call"),
    of_own_call("", own_calls.see_own_call, "see-own-call"),
    of_own_call("edit/", own_calls.edit_own_call, "edit-own-call"),
    of_own_call("form/", own_calls.choose_form, "choose-form"),
    of_own_call("preview/", own_calls.preview_call, "preview-call"),
    of_own_call("copy/", own_calls.copy_call, "copy-call"),
    of_own_call("discard/", own_calls.discard_call, "discard-call"),
    of_own_call("publish/", publishing.publish_call, "publish-call"),
    of_own_call("unpublish/", publishing.unpublish_call, "unpublish-call"),
    of_own_call("withdraw/", publishing.withdraw_call, "withdraw-call"),
    of_own_call("closing/", publishing.move_closing, "move-closing"),
    of_own_call("criteria/add/", call_parts.add_criterion, "add-criterion"),
    of_own_call("criteria/<uuid:criterion>/edit/", call_parts.edit_criterion, "edit-criterion"),
    of_own_call("criteria/<uuid:criterion>/remove/", call_parts.remove_criterion, "remove-criterion"),
    of_own_call("decisions/", deciding.list_decisions, "list-decisions"),
    of_own_call("decisions/decide/", deciding.decide_call, "decide-call"),
    of_own_call("decisions/<uuid:batch>/take-back/", deciding.take_back_decisions, "take-back-decisions"),
    of_own_call("decisions/<uuid:batch>/send/", deciding.send_decisions, "send-decisions"),
    of_own_call("decisions/<uuid:batch>/resume/", deciding.resume_decisions, "resume-decisions"),
    of_own_call("decisions/<uuid:batch>/letters.zip", deciding.download_letters, "download-letters"),
    of_own_call("letters/<uuid:letter>/<str:language>.pdf", deciding.download_letter, "download-letter"),
    of_own_call("payments/", paying.list_payments, "list-payments"),
    of_own_call("payments/make/", paying.make_payments, "make-payments"),
    of_own_call("payments/<uuid:run>/file.csv", paying.download_payments, "download-payments"),
    of_own_call("payments/<uuid:run>/confirm/", paying.confirm_payments, "confirm-payments"),
    of_own_call("payments/<uuid:run>/discard/", paying.discard_payments, "discard-payments"),
    of_own_call("grants/<uuid:decision>/ask-back/", paying.ask_back, "ask-back"),
    of_own_call("reports/", checking.list_checks, "list-checks"),
    of_own_call("reports/sample/", checking.draw_sample, "draw-sample"),
    of_own_call("reports/<uuid:report>/", checking.check_report, "check-report"),
    of_own_call("statistics/", statistics.see_statistics, "see-statistics"),
    of_own_call("officers/add/", call_parts.add_officer, "add-officer"),
    of_own_call("officers/<uuid:officer>/edit/", call_parts.edit_officer, "edit-officer"),
    of_own_call("officers/<uuid:officer>/end/", call_parts.end_officer, "end-officer"),
    of_application("", applications.see_application, "see-application"),
    of_application("edit/", applications.edit_application, "edit-application"),
    of_application("submit/", applications.submit_application, "submit-application"),
    of_application("move/<slug:move>/", applications.move_application, "move-application"),
    of_application("checks/", checks.list_findings, "list-findings"),
    of_application("export/", checks.see_export, "see-export"),
    of_application("export/<slug:kind>/", checks.download_application, "download-application"),
    of_application("team/add/", team.add_member, "add-member"),
    of_application("team/<uuid:member>/edit/", team.edit_member, "edit-member"),
    of_application("team/<uuid:member>/end/", team.end_member, "end-member"),
    of_application("links/add/", team.add_link, "add-link"),
    of_application("links/<uuid:link>/remove/", team.remove_link, "remove-link"),
    of_application("completion/open/", completing.open_completion, "open-completion"),
    of_application("completion/hand-in/", completing.hand_in_completion, "hand-in-completion"),
    of_own_call("received/", received.list_received, "list-received"),
    of_received("", received.see_received, "see-received"),
    of_received("handler/", received.set_handler, "set-handler"),
    of_received("completion/", received.ask_completion, "ask-completion"),
    of_received("completion/<uuid:asked>/take-back/", received.take_back_completion, "take-back-completion"),
    of_received("points/", scoring.see_points, "see-points"),
    of_own_call("scoring/", rounds.see_scoring, "see-scoring"),
    of_own_call("scoring/add/", rounds.add_scorer, "add-scorer"),
    of_own_call("scoring/close/", rounds.close_scoring, "close-scoring"),
    of_own_call("scoring/reopen/", rounds.reopen_scoring, "reopen-scoring"),
    of_own_call("scoring/<uuid:scorer>/remove/", rounds.remove_scorer, "remove-scorer"),
    scoped("scoring/", scoring.list_scoring, "list-scoring"),
    scoped("scoring/<uuid:pk>/", scoring.score_application, "score-application"),
    scoped("scoring/<uuid:pk>/interest/", scoring.declare_interest, "declare-interest"),
    scoped("scoring/<uuid:pk>/save/", scoring.save_points, "save-points"),
    of_own_call("proposal/", proposals.see_proposal, "see-proposal"),
    of_own_call("proposal/make/", proposals.make_proposal, "make-proposal"),
    of_own_call("proposal/fix/", proposals.fix_proposals, "fix-proposals"),
    of_received("proposal/", proposals.edit_proposal, "edit-proposal"),
    of_received("proposal/amount/", proposals.set_amount, "set-amount"),
    of_received("proposal/reopen/", proposals.reopen_proposal, "reopen-proposal"),
    scoped("own-shares/", own_shares.list_own_shares, "list-own-shares"),
    of_application("own-share/", own_shares.see_own_share, "see-own-share"),
    of_application("own-share/add/", own_shares.add_commitment, "add-commitment"),
    of_application("own-share/<uuid:commitment>/", own_shares.edit_commitment, "edit-commitment"),
    of_application("own-share/<uuid:commitment>/remove/", own_shares.remove_commitment, "remove-commitment"),
    of_application("board/", matters.list_matters, "list-matters"),
    of_application("board/begin/", matters.begin_matter, "begin-matter"),
    of_application("board/<uuid:matter>/", matters.see_matter, "see-matter"),
    of_application("board/<uuid:matter>/edit/", matters.edit_matter, "edit-matter"),
    of_application("board/<uuid:matter>/renew/", matters.renew_matter, "renew-matter"),
    of_application("board/<uuid:matter>/fix/", matters.fix_matter, "fix-matter"),
    of_application("board/<uuid:matter>/reopen/", matters.reopen_matter, "reopen-matter"),
    of_application("board/<uuid:matter>/decide/", matters.decide_matter, "decide-matter"),
    of_application("board/<uuid:matter>/undecide/", matters.undecide_matter, "undecide-matter"),
    of_application("board/<uuid:matter>/discard/", matters.discard_matter, "discard-matter"),
    of_application("board/<uuid:matter>/<str:language>.<str:kind>", matters.download_matter, "download-matter"),
    of_application("decision/", decisions.see_decision, "see-decision"),
    of_application("decision/letter/<str:language>.pdf", deciding.download_own_letter, "download-own-letter"),
    of_application("decision/enter/", decisions.enter_decision, "enter-decision"),
    of_application("decision/read/", decisions.read_decision, "read-decision"),
    of_application("decision/correct/", decisions.correct_decision, "correct-decision"),
    of_application("spending/", spending.see_spending, "see-spending"),
    of_application("spending/budget/", spending.edit_budget, "edit-budget"),
    of_application("spending/income/", spending.edit_income, "edit-income"),
    of_application("spending/entries/", ledgers.list_entries, "list-entries"),
    of_application("spending/entries/<uuid:entry>/", ledgers.rule_entry, "rule-entry"),
    of_application("spending/import/", ledgers.import_ledger, "import-ledger"),
    of_application("spending/import/template.csv", ledgers.download_ledger_template, "download-ledger-template"),
    of_application("spending/import/<uuid:found>/", ledgers.see_ledger_import, "see-ledger-import"),
    of_application("spending/import/<uuid:found>/run/", ledgers.run_ledger_import, "run-ledger-import"),
    of_application("spending/import/<uuid:found>/discard/", ledgers.discard_ledger_import, "discard-ledger-import"),
    of_application("spending/import/<uuid:found>/undo/", ledgers.undo_ledger_import, "undo-ledger-import"),
    of_application(
        "spending/import/<uuid:found>/faults.csv", ledgers.download_ledger_faults, "download-ledger-faults"
    ),
    of_application("spending/payments/add/", spending.add_payment, "add-payment"),
    of_application("spending/payments/<uuid:payment>/", spending.edit_payment, "edit-payment"),
    of_application("spending/payments/<uuid:payment>/remove/", spending.remove_payment, "remove-payment"),
    scoped("double-funding/", spending.list_doubles, "list-doubles"),
    of_application("changes/", changes.list_changes, "list-changes"),
    of_application("changes/begin/", changes.begin_change, "begin-change"),
    of_application("changes/<uuid:change>/", changes.see_change, "see-change"),
    of_application("changes/<uuid:change>/write/", changes.write_change, "write-change"),
    of_application("changes/<uuid:change>/send/", changes.send_change, "send-change"),
    of_application("changes/<uuid:change>/answer/", changes.answer_change, "answer-change"),
    of_application("changes/<uuid:change>/withdraw/", changes.withdraw_change, "withdraw-change"),
    of_application("changes/<uuid:change>/<str:language>.<str:kind>", changes.download_change, "download-change"),
    of_application("reports/", grant_reports.list_reports, "list-grant-reports"),
    of_application("reports/begin/", grant_reports.begin_report, "begin-grant-report"),
    of_application("reports/<uuid:report>/", grant_reports.see_report, "see-grant-report"),
    of_application("reports/<uuid:report>/write/", grant_reports.write_report, "write-grant-report"),
    of_application("reports/<uuid:report>/send/", grant_reports.send_report, "send-grant-report"),
    of_application("reports/<uuid:report>/complete/", grant_reports.complete_report, "complete-grant-report"),
    of_application("reports/<uuid:report>/discard/", grant_reports.discard_report, "discard-grant-report"),
    of_application(
        "reports/<uuid:report>/<str:language>.<str:kind>", grant_reports.download_report, "download-grant-report"
    ),
    scoped("obligations/", obligations.list_unit_obligations, "list-unit-obligations"),
    scoped("obligations.ics", obligations.download_obligations, "download-obligations"),
    of_application("obligations/", obligations.list_obligations, "list-obligations"),
    of_application("obligations/<uuid:obligation>/do/", obligations.do_obligation, "do-obligation"),
    of_application("obligations/<uuid:obligation>/undo/", obligations.undo_obligation, "undo-obligation"),
    path(
        "calendar/funding/<slug:unit>/<str:key>.ics", obligations.subscribe_obligations, name="subscribe-obligations"
    ),
]
