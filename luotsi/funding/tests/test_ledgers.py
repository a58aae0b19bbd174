"""The ledger of a grant: its dry run, import and undoing, decisions about entries, budget and payments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luotsi.base import sheets
from luotsi.base.models import AuditEntry
from luotsi.funding.actions.ledgers import discard_ledger, import_ledger, try_ledger, undo_ledger
from luotsi.funding.actions.payments import PaymentDetails, add_payment, change_payment, remove_payment
from luotsi.funding.actions.refusals import FundingRefused
from luotsi.funding.actions.spending import RulingDetails, rule_entry, write_budget
from luotsi.funding.models import Application, LedgerEntry, LedgerImport
from luotsi.funding.queries.doubles import doubles_of
from luotsi.funding.queries.ledger import budget_of, entries_of, whole_budget_of
from luotsi.funding.queries.ledger_files import person_token, planned
from luotsi.funding.queries.ledger_imports import dry_run, problems_of
from luotsi.funding.queries.spending import judged_of, spending_of
from luotsi.funding.tests.granting import granted, make_application
from luotsi.funding.tests.making import make_call, make_form_application
from luotsi.funding.tests.spent import ROWS, SETTINGS, an_upload, imported, make_grant, tried
from luotsi.people.tests.cast import Cast
from luotsi.people.tests.cast import cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant(cast: Cast) -> Application:
    return make_grant(cast.school, cast.eeva)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


class TestTheDryRun:
    """It shows everything and adds nothing."""

    def test_it_tells_what_would_be_added_and_adds_nothing(self, cast: Cast, grant: Application) -> None:
        run = dry_run(tried(grant, cast.eeva))
        assert (run.rows, run.new, run.same, run.refused) == (7, 7, 0, 0)
        assert run.total == Decimal("2770.00")
        assert not LedgerEntry.objects.exists()
        assert verbs()[-1] == "funding.ledger.tried"

    def test_faults_name_row_and_cell(self, cast: Cast, grant: Application) -> None:
        found = tried(grant, cast.eeva, "1;x;4001;5,00;a;;", "2;1.1.2023;4001;;b;;", "3;1.1.2023;4001;5,005;c;;")
        assert [(one.row, one.cell, one.is_taken) for one in problems_of(found)] == [
            (2, "B2", False),
            (3, "D3", False),
            (4, "D4", False),
        ]
        assert dry_run(found).refused == 3

    def test_rows_that_are_there_already_are_told(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        run = dry_run(tried(grant, cast.eeva, *ROWS[:3], "999;1.12.2022;4001;1,00;Uusi;;"))
        assert (run.new, run.same) == (1, 3)
        assert run.gone == 0  # between the days of the file nothing is missing

    def test_an_entry_that_left_the_ledger_is_told(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        run = dry_run(tried(grant, cast.eeva, ROWS[0], ROWS[2]))
        assert (run.gone, run.gone_sum) == (1, Decimal("1000.00"))

    def test_corrections_name_the_row_they_take_back(self, cast: Cast, grant: Application) -> None:
        assert dry_run(tried(grant, cast.eeva)).corrections == ((8, 7),)

    def test_a_second_dry_run_puts_the_first_aside(self, cast: Cast, grant: Application) -> None:
        first = tried(grant, cast.eeva)
        tried(grant, cast.eeva)
        first.refresh_from_db()
        assert (first.state, bytes(first.data)) == ("discarded", b"")

    def test_names_of_persons_are_never_kept(self, cast: Cast, grant: Application) -> None:
        found = tried(grant, cast.eeva)
        assert {one.person for one in planned(found).new} == {"", person_token("esimerkki  EERO")}
        assert "Eero" not in str(found.told)

    @pytest.mark.parametrize(
        ("headings", "words"),
        [("Tosite;Summa", "No column holds days"), ("Tosite;Pvm;Selite", "No column holds sums")],
    )
    def test_a_file_without_days_or_sums_is_refused(
        self, cast: Cast, grant: Application, headings: str, words: str
    ) -> None:
        upload = an_upload("1;1.1.2023;x", headings=headings)
        with pytest.raises(FundingRefused, match=words):
            try_ledger(application=grant, upload=upload, settings=SETTINGS, by=cast.eeva)
        assert not LedgerImport.objects.exists()

    def test_a_file_without_known_headings_is_refused(self, cast: Cast, grant: Application) -> None:
        with pytest.raises(sheets.SheetRefused, match="No known heading"):
            try_ledger(application=grant, upload=an_upload("1;2", headings="A;B"), settings=SETTINGS, by=cast.eeva)

    def test_headings_alone_are_no_ledger(self, cast: Cast, grant: Application) -> None:
        with pytest.raises(FundingRefused, match="no rows"):
            try_ledger(application=grant, upload=an_upload(), settings=SETTINGS, by=cast.eeva)

    def test_what_was_not_granted_has_no_ledger(self, cast: Cast) -> None:
        waiting = make_application(cast.school).application
        with pytest.raises(FundingRefused, match="Nothing has been granted"):
            tried(waiting, cast.eeva)

    def test_a_ledger_with_costs_below_zero_is_turned(self, cast: Cast, grant: Application) -> None:
        run = dry_run(tried(grant, cast.eeva, "1;1.1.2023;4001;-5,00;a;;", is_turned=True))
        assert run.total == 5

    def test_the_column_of_the_class_goes_before_the_account_by_any_name(self, cast: Cast, grant: Application) -> None:
        upload = an_upload("1;1.1.2023;4001;5,00;LAITTEET", headings="Tosite;Pvm;Tili;Summa;Kustannuslaji")
        found = try_ledger(application=grant, upload=upload, settings=SETTINGS, by=cast.eeva)
        assert [one.cost_class for one in planned(found).new] == ["devices"]


class TestTheImport:
    """What is new is added at once, and never twice."""

    def test_it_adds_entries_with_one_row_in_the_log(self, cast: Cast, grant: Application) -> None:
        done = imported(grant, cast.eeva)
        assert (done.state, done.created, bytes(done.data)) == ("done", 7, b"")
        assert [one.row for one in entries_of(grant)] == [1, 2, 3, 4, 5, 6, 7]
        assert verbs()[-2:] == ["funding.ledger.tried", "funding.ledger.imported"]

    def test_the_same_file_adds_nothing(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        again = tried(grant, cast.eeva)
        with pytest.raises(FundingRefused, match="Nothing in the file is new"):
            import_ledger(found=again, expected=0, by=cast.eeva)
        assert LedgerEntry.objects.count() == 7

    def test_a_row_that_is_there_twice_in_the_file_is_kept_twice_and_counted_once(
        self, cast: Cast, grant: Application
    ) -> None:
        imported(grant, cast.eeva, ROWS[0], ROWS[0])
        found = spending_of(grant)
        assert found.sums.total == 2000
        assert found.judged.eligible == 1000
        assert found.judged.refused == {"duplicate": Decimal("1000.00")}

    def test_an_outdated_dry_run_is_refused(self, cast: Cast, grant: Application) -> None:
        found = tried(grant, cast.eeva)
        with pytest.raises(FundingRefused, match="has changed since the dry run"):
            import_ledger(found=found, expected=3, by=cast.eeva)
        assert not LedgerEntry.objects.exists()

    def test_it_is_done_once(self, cast: Cast, grant: Application) -> None:
        done = imported(grant, cast.eeva)
        with pytest.raises(FundingRefused, match="imported already"):
            import_ledger(found=done, expected=7, by=cast.eeva)
        with pytest.raises(FundingRefused, match="imported already"):
            discard_ledger(found=done, by=cast.eeva)

    def test_it_is_undone_with_the_decisions_kept_in_the_log(self, cast: Cast, grant: Application) -> None:
        done = imported(grant, cast.eeva)
        entry = grant.ledger_entries.get(voucher="201")
        details = RulingDetails(ruling="refused", reason="Ei hankkeelle", cost_class="devices")
        rule_entry(entry=entry, details=details, by=cast.eeva)
        assert undo_ledger(found=done, by=cast.eeva) == 7
        assert not LedgerEntry.objects.exists()
        before = AuditEntry.objects.get(verb="funding.ledger.undone").before
        assert before == {"entries": 7, str(entry.number): "refused: Ei hankkeelle"}
        with pytest.raises(FundingRefused, match="has been undone"):
            undo_ledger(found=done, by=cast.eeva)

    def test_after_undoing_the_file_can_be_sent_again(self, cast: Cast, grant: Application) -> None:
        undo_ledger(found=imported(grant, cast.eeva), by=cast.eeva)
        assert imported(grant, cast.eeva).created == 7

    def test_undoing_leaves_what_other_imports_added(self, cast: Cast, grant: Application) -> None:
        first = imported(grant, cast.eeva, *ROWS[:2])
        imported(grant, cast.eeva)
        assert undo_ledger(found=first, by=cast.eeva) == 2
        assert LedgerEntry.objects.count() == 5

    def test_what_is_put_aside_adds_nothing(self, cast: Cast, grant: Application) -> None:
        found = discard_ledger(found=tried(grant, cast.eeva), by=cast.eeva)
        assert found.state == "discarded"
        with pytest.raises(FundingRefused, match="put aside"):
            import_ledger(found=found, expected=7, by=cast.eeva)


class TestTheSpending:
    """What of it is eligible, payable and left."""

    def test_rules_refuse_what_is_before_the_period_or_in_no_class(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        found = spending_of(grant)
        assert found.judged.eligible == 2700
        assert found.judged.refused == {"before_period": Decimal("50.00"), "no_class": Decimal("20.00")}

    def test_what_was_judged_is_kept_until_something_is_written(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        first = judged_of(grant)[0]
        assert judged_of(grant)[0] is first
        write_budget(application=grant, budget={("staff", None): Decimal(1)}, by=cast.eeva)
        again = judged_of(grant)[0]
        assert again is not first
        assert again == first

    def test_payable_is_the_least_of_three_readings(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        found = spending_of(grant)
        assert {str(bound): amount for bound, amount in found.payable.bounds} == {
            "granted": 30150,
            "percentage": 2430,
            "deficit": 2700,
        }
        assert found.payable.amount == 2430

    def test_without_a_percentage_it_says_so_and_assumes_none(self, cast: Cast) -> None:
        made = make_application(cast.school, call_grant_percent=None, call_share_base="", call_share_source="")
        granted(made.application, cast.eeva, percent=None)
        made.application.refresh_from_db()
        imported(made.application, cast.eeva)
        assert [one.code for one in spending_of(made.application).payable.unknown] == ["no_percentage"]

    def test_the_threshold_comes_from_the_call_or_is_not_known(self, cast: Cast, grant: Application) -> None:
        assert spending_of(grant).rule.percent is None
        told = make_grant(cast.school, cast.eeva, call_transfer_percent=Decimal(10), call_change_days=30)
        write_budget(application=told, budget={("staff", None): Decimal(1000)}, by=cast.eeva)
        imported(told, cast.eeva)
        pace = spending_of(told).pace
        assert pace is not None
        codes = [one.code for one in pace.warned.reasons]
        assert "new_class_now" in codes
        assert "over_threshold_now" in codes

    def test_a_period_that_ends_before_it_begins_has_no_pace(self, cast: Cast) -> None:
        made = make_application(cast.school, call_cost_classes=[])
        granted(made.application, cast.eeva, starts_on=date(2023, 1, 1), ends_on=date(2022, 1, 1), reports=())
        made.application.refresh_from_db()
        imported(made.application, cast.eeva)
        assert spending_of(made.application).pace is None

    def test_paid_more_than_payable_is_to_be_returned(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        details = PaymentDetails(amount=Decimal(20000), received_on=date(2022, 9, 2), number=1)
        add_payment(decision=grant.decision, details=details, by=cast.eeva)
        found = spending_of(grant)
        assert found.recovery.to_return == 17570
        assert [one.state for one in found.instalments.rows] == ["received", "undated"]


class TestDecidingAboutAnEntry:
    def test_it_goes_before_the_rules_and_is_in_the_log(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        entry = grant.ledger_entries.get(voucher="202")
        details = RulingDetails(ruling="accepted", reason="Rahoittaja suostui", cost_class="devices")
        kept = rule_entry(entry=entry, details=details, by=cast.eeva)
        assert (kept.ruled_by, kept.ruling) == (cast.eeva, "accepted")
        assert spending_of(grant).judged.eligible == 2750
        assert AuditEntry.objects.get(verb="funding.entry.ruled").reason == "Rahoittaja suostui"

    def test_it_is_left_to_the_rules_again(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        entry = grant.ledger_entries.get(voucher="202")
        for ruling in ("accepted", ""):
            details = RulingDetails(ruling=ruling, reason="Rahoittaja suostui", cost_class="devices")
            entry = rule_entry(entry=entry, details=details, by=cast.eeva)
        assert (entry.ruling_reason, entry.ruled_by, entry.ruled_at) == ("", None, None)
        assert spending_of(grant).judged.eligible == 2700

    def test_a_reason_is_needed(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        details = RulingDetails(ruling="refused", reason="  ", cost_class="staff")
        with pytest.raises(FundingRefused, match="Tell why"):
            rule_entry(entry=grant.ledger_entries.first(), details=details, by=cast.eeva)  # type: ignore[arg-type]

    def test_another_currency_cannot_become_eligible(self, cast: Cast, grant: Application) -> None:
        upload = an_upload("1;1.1.2023;4001;5,00;SEK", headings="Tosite;Pvm;Tili;Summa;Valuutta")
        found = try_ledger(application=grant, upload=upload, settings=SETTINGS, by=cast.eeva)
        import_ledger(found=found, expected=1, by=cast.eeva)
        assert spending_of(grant).judged.unconverted == {"SEK": Decimal("5.00")}
        details = RulingDetails(ruling="accepted", reason="Muunnettu", cost_class="staff")
        with pytest.raises(FundingRefused, match="another currency"):
            rule_entry(entry=grant.ledger_entries.get(), details=details, by=cast.eeva)

    def test_an_entry_gets_a_class_that_its_account_has_not(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        entry = grant.ledger_entries.get(voucher="301")
        rule_entry(entry=entry, details=RulingDetails(ruling="", cost_class="devices"), by=cast.eeva)
        assert spending_of(grant).judged.by_class["devices"] == 720


class TestTheBudget:
    def test_it_is_that_of_the_form_until_one_is_written(self, cast: Cast) -> None:
        application = make_form_application(make_call(cast.tampere), cast.school, cast.bilal)
        assert budget_of(application) == {"staff": Decimal(80000), "services": Decimal(20000)}
        assert not whole_budget_of(application).is_kept

    def test_it_is_written_by_years_and_for_the_whole(self, cast: Cast, grant: Application) -> None:
        budget = {("staff", 2022): Decimal(5), ("staff", 2023): Decimal(7), ("devices", None): Decimal(9)}
        write_budget(application=grant, budget=budget, by=cast.eeva)
        found = whole_budget_of(grant)
        assert found.by_class == {"staff": Decimal(12), "devices": Decimal(9)}
        assert found.by_year == {2022: Decimal(5), 2023: Decimal(7)}
        before = len(verbs())
        write_budget(application=grant, budget=budget, by=cast.eeva)
        assert len(verbs()) == before

    def test_a_class_has_years_or_a_whole_not_both(self, cast: Cast, grant: Application) -> None:
        budget = {("staff", 2022): Decimal(5), ("staff", None): Decimal(7)}
        with pytest.raises(FundingRefused, match="not both"):
            write_budget(application=grant, budget=budget, by=cast.eeva)

    def test_a_sum_below_zero_is_refused(self, cast: Cast, grant: Application) -> None:
        with pytest.raises(FundingRefused, match="negative"):
            write_budget(application=grant, budget={("staff", None): Decimal(-1)}, by=cast.eeva)
        assert not grant.budget_rows.exists()


class TestPayments:
    DETAILS = PaymentDetails(amount=Decimal(100), received_on=date(2022, 9, 2), number=1, reference="RF")

    def test_one_is_written_mended_and_taken_away(self, cast: Cast, grant: Application) -> None:
        one = add_payment(decision=grant.decision, details=self.DETAILS, by=cast.eeva)
        other = PaymentDetails(amount=Decimal(90), received_on=date(2022, 9, 2), number=1, reference="RF")
        assert change_payment(payment=one, details=other, by=cast.eeva).amount == 90
        change_payment(payment=one, details=other, by=cast.eeva)
        remove_payment(payment=one, by=cast.eeva)
        assert verbs()[-3:] == ["funding.payment.added", "funding.payment.changed", "funding.payment.removed"]

    def test_the_same_is_not_written_twice(self, cast: Cast, grant: Application) -> None:
        add_payment(decision=grant.decision, details=self.DETAILS, by=cast.eeva)
        with pytest.raises(FundingRefused, match="is there already"):
            add_payment(decision=grant.decision, details=self.DETAILS, by=cast.eeva)

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"received_on": date(2099, 1, 1)}, "has not come yet"),
            ({"number": 9}, "no such instalment"),
            ({"amount": Decimal(0)}, "more than nothing"),
            ({"amount": Decimal(-5)}, "pays no instalment"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, grant: Application, changed: dict[str, object], words: str
    ) -> None:
        details = PaymentDetails(**{**vars(self.DETAILS), **changed})
        with pytest.raises(FundingRefused, match=words):
            add_payment(decision=grant.decision, details=details, by=cast.eeva)

    def test_what_was_returned_is_taken_off(self, cast: Cast, grant: Application) -> None:
        add_payment(decision=grant.decision, details=self.DETAILS, by=cast.eeva)
        back = PaymentDetails(amount=Decimal(-30), received_on=date(2022, 10, 1))
        add_payment(decision=grant.decision, details=back, by=cast.eeva)
        assert spending_of(grant).instalments.received == 70


class TestDoubleFunding:
    def test_a_voucher_and_a_device_in_two_grants_are_found(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        other = make_grant(cast.school, cast.eeva)
        imported(other, cast.eeva, ROWS[2])
        found = doubles_of(cast.eeva, cast.school)
        assert [(str(one.kind), one.key, one.amount) for one in found] == [
            ("cost", "201", Decimal("700.00")),
            ("device", "SN-1", Decimal("700.00")),
        ]
        assert len(doubles_of(cast.eeva, cast.school, grant)) == 2

    def test_the_same_person_in_one_month_is_told(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva, ROWS[0])
        imported(make_grant(cast.school, cast.eeva), cast.eeva, "777;1.9.2022;4001;5,00;Muu;ESIMERKKI EERO;")
        assert [str(one.kind) for one in doubles_of(cast.eeva, cast.school)] == ["shared_person"]

    def test_a_grant_that_the_visitor_does_not_see_is_not_told_of(self, cast: Cast, grant: Application) -> None:
        imported(grant, cast.eeva)
        imported(make_grant(cast.tampere, cast.eeva), cast.eeva, ROWS[2])
        assert len(doubles_of(cast.eeva, cast.tampere)) == 2
        assert doubles_of(cast.bilal, cast.school) == []

    def test_a_third_grant_has_nothing_to_do_with_it(self, cast: Cast, grant: Application) -> None:
        for _twice in range(2):
            imported(make_grant(cast.school, cast.eeva), cast.eeva, ROWS[2])
        assert doubles_of(cast.eeva, cast.school, grant) == []
