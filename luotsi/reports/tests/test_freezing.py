"""Freezing, deciding, publishing, renewing; and what a changed byte does to a frozen report."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest

from luotsi.base import clock
from luotsi.base.models import AuditEntry
from luotsi.base.names import Names
from luotsi.indicators.models import Observation
from luotsi.people.tests.cast import Cast
from luotsi.programme.models import Finding
from luotsi.reports.actions.deciding import Matter, Ruling, decide_report, prepare_matter, publish_report
from luotsi.reports.actions.drafts import begin_report, begin_version, write_texts
from luotsi.reports.actions.freezing import freeze_report
from luotsi.reports.actions.refusals import ReportRefused
from luotsi.reports.models import Report
from luotsi.reports.queries.contents import before, drift, frozen_content, live, wanted_of
from luotsi.reports.queries.proof import file_of, prove_file, prove_report
from luotsi.reports.rules import canonical
from luotsi.reports.rules.blockers import Why
from luotsi.reports.tests.written import REASON, draft, frozen, reasons_for

MATTER = Matter(
    body=Names(fi="Kaupunginhallitus"), officer="Toimialajohtaja", proposal=Names(fi="Merkitään tiedoksi.")
)


def noted(report: Report) -> Report:
    """Take a frozen report to a body that notes it today."""
    prepare_matter(report=report, matter=MATTER, by=None)
    ruling = Ruling(is_noted=True, on=clock.today(), number="§ 7", decision=Names())
    return decide_report(report=report, ruling=ruling, by=None)


@pytest.mark.django_db
class TestBeginning:
    def test_a_period_has_one_report_of_a_kind(self) -> None:
        report = draft()
        with pytest.raises(ReportRefused, match="already"):
            begin_report(kind="evaluation", programme=report.programme, period="2017", data_on=clock.today(), by=None)

    def test_a_text_that_is_no_period_is_refused_at_its_field(self) -> None:
        report = draft()
        with pytest.raises(ReportRefused) as refused:
            begin_report(kind="evaluation", programme=report.programme, period="x", data_on=clock.today(), by=None)
        assert [reason.field for reason in refused.value.reasons] == ["period"]


@pytest.mark.django_db
class TestWriting:
    def test_texts_are_kept_by_section_and_language_and_show_their_figures(self) -> None:
        report = draft()
        write_texts(report=report, section="summary", texts={"fi": "Osuus on {I2}.", "sv": ""}, by=None)
        section = next(one for one in live(wanted_of(report)).content.sections if one.key == "summary")
        assert section.own.fi == "Osuus on {I2}."

    def test_writing_the_same_again_leaves_no_trace(self) -> None:
        report = draft()
        write_texts(report=report, section="summary", texts={"fi": "Sama."}, by=None)
        rows = AuditEntry.objects.count()
        write_texts(report=report, section="summary", texts={"fi": " Sama. "}, by=None)
        assert AuditEntry.objects.count() == rows

    def test_a_section_that_the_report_does_not_have_is_refused(self) -> None:
        with pytest.raises(ReportRefused, match="no such section"):
            write_texts(report=draft(), section="matrix", texts={"fi": "x"}, by=None)

    def test_a_frozen_report_is_not_written(self) -> None:
        with pytest.raises(ReportRefused, match="do not change any more"):
            write_texts(report=frozen(), section="summary", texts={"fi": "x"}, by=None)


@pytest.mark.django_db
class TestFreezing:
    def test_it_is_refused_while_anything_is_missing_with_a_reason_for_each(self) -> None:
        report = draft()
        with pytest.raises(ReportRefused) as refused:
            freeze_report(report=report, reasons={}, by=None)
        fields = [reason.field for reason in refused.value.reasons]
        others = "+".join(f"K{at:02}" for at in range(1, 19) if at not in {4, 5, 7, 17})
        assert fields == [
            "no_action-K04",
            "no_action-K05",
            "no_action-K07",
            "no_action-K17",
            f"no_owner-{others}",
            f"no_due_day-{others}",
            "no_appendix-L1",
        ]
        report.refresh_from_db()
        assert (report.state, report.sha256) == ("draft", "")

    def test_one_reason_too_few_is_enough_to_refuse(self) -> None:
        report = draft()
        reasons = reasons_for(report)
        del reasons["no_appendix-L1"]
        with pytest.raises(ReportRefused, match="appendix is missing"):
            freeze_report(report=report, reasons=reasons, by=None)

    def test_reasons_are_printed_with_the_name_of_who_gave_them(self) -> None:
        content = frozen_content(frozen())
        assert {(one.about, one.reason, one.by) for one in content.overrides} >= {
            ("K04", REASON, "Pihla Mielikuvala"),
            ("L1", REASON, "Pihla Mielikuvala"),
        }
        section = next(one for one in content.sections if one.key == "deviations")
        table = next(block for block in section.blocks if getattr(block, "key", "") == "overrides")
        assert len(table.rows) == 7  # type: ignore[union-attr]

    def test_an_action_that_is_told_mends_its_blocker(self) -> None:
        report = draft()
        Finding.objects.filter(code="K04").update(action={"fi": "Koulutukset yhdistetään."})
        found = live(wanted_of(report)).blockers
        assert [one.about for one in found if one.why == Why.NO_ACTION] == ["K05", "K07", "K17"]
        assert [one.why for one in found if "K04" in one.about] == [Why.NO_OWNER, Why.NO_DUE_DAY]

    def test_an_owner_and_a_day_mend_theirs(self) -> None:
        report = draft()
        Finding.objects.exclude(action={}).update(owner="Tietohallinto", due_on=date(2018, 6, 30))
        assert [one.about for one in live(wanted_of(report)).blockers] == ["K04", "K05", "K07", "K17", "L1"]

    def test_a_text_that_names_no_figure_cannot_be_answered_with_a_reason(self) -> None:
        report = draft()
        write_texts(report=report, section="summary", texts={"fi": "Osuus on {NIL}."}, by=None)
        with pytest.raises(ReportRefused, match="names a figure that is not there"):
            freeze_report(report=report, reasons={**reasons_for(report), "no_such_figure-summary": "x"}, by=None)

    def test_the_hash_is_over_the_content_that_is_kept(self) -> None:
        report = frozen()
        assert report.sha256 == canonical.hash_of_json(report.frozen)
        assert AuditEntry.objects.filter(verb="reports.report.frozen", target_id=str(report.pk)).count() == 1


@pytest.mark.django_db
class TestProving:
    def test_a_frozen_report_proves_from_itself_and_from_the_database(self) -> None:
        proof = prove_report(frozen())
        assert proof.is_sound
        assert len(proof.lines) > 60
        assert proof.database

    def test_a_file_proves_without_the_database(self) -> None:
        tree = json.loads(json.dumps(file_of(frozen())))
        Report.objects.all().delete()
        assert prove_file(tree).is_sound

    @pytest.mark.parametrize("path", [("figures", 3, "value"), ("inputs", "told", 5, "value"), ("title", "fi")])
    def test_a_changed_byte_is_found_by_the_hash(self, path: tuple[str | int, ...]) -> None:
        tree = deepcopy(file_of(frozen()))
        place = tree["content"]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = f"1{place[path[-1]]}"
        assert not prove_file(tree).hash_fits

    def test_a_figure_that_was_changed_together_with_the_hash_is_found_all_the_same(self) -> None:
        tree = deepcopy(file_of(frozen()))
        figure = next(one for one in tree["content"]["figures"] if one["key"] == "J6")
        figure["value"] = "90.1"
        tree["sha256"] = canonical.hash_of_json(tree["content"])
        proof = prove_file(tree)
        assert proof.hash_fits
        assert [(line.key, line.was) for line in proof.wrong] == [("J6", Decimal("90.1"))]

    def test_a_report_that_was_changed_in_the_database_does_not_prove(self) -> None:
        report = frozen()
        assert report.frozen
        report.frozen["figures"][0]["value"] = "99"
        report.save(update_fields=["frozen"])
        assert not prove_report(report).is_sound

    def test_figures_changed_in_both_do_not_stand_before_the_database(self) -> None:
        report = frozen()
        assert report.frozen
        cell = next(one for one in report.frozen["inputs"]["cells"] if one["indicator"].endswith("-i2"))
        cell["numerator"] = "3840"
        content = canonical.from_json(report.frozen)
        report.frozen["figures"] = [
            {**one, "value": "93.875158", "numerator": "3840"} if one["key"] == "I2" else one
            for one in report.frozen["figures"]
        ]
        report.sha256 = canonical.hash_of_json(report.frozen)
        report.save(update_fields=["frozen", "sha256"])
        assert content.figures
        proof = prove_report(report)
        assert proof.hash_fits
        assert "I2" in {line.key for line in proof.database or () if not line.is_equal}

    def test_what_is_approved_later_is_drift_and_no_fault(self) -> None:
        report = frozen()
        told = Observation.objects.approved().get(indicator__code="I2")
        later = clock.now() + timedelta(minutes=1)
        Observation.objects.filter(pk=told.pk).update(superseded_at=later, state="superseded")
        assert prove_report(report).is_sound
        changed = drift(frozen_content(report), live(wanted_of(report)).content)
        assert "I2" in {one.key for one in changed}

    @pytest.mark.parametrize("tree", [None, [], {}, {"content": {}}, {"content": {"is": "Content"}, "sha256": "x"}])
    def test_what_is_no_report_is_told_so(self, tree: object) -> None:
        assert not prove_file(tree).is_sound


@pytest.mark.django_db
class TestDeciding:
    def test_an_unprepared_matter_is_not_decided(self) -> None:
        ruling = Ruling(is_noted=True, on=clock.today(), number="", decision=Names())
        with pytest.raises(ReportRefused, match="Prepare the matter"):
            decide_report(report=frozen(), ruling=ruling, by=None)

    def test_a_draft_goes_to_nobody(self) -> None:
        with pytest.raises(ReportRefused):
            prepare_matter(report=draft(), matter=MATTER, by=None)

    def test_to_note_is_not_to_approve(self) -> None:
        report = noted(frozen())
        assert report.state == "noted"
        assert report.board["outcome"] == "noted"
        assert report.board["decision"] == {"fi": "Merkitään tiedoksi."}

    def test_it_is_decided_once(self) -> None:
        report = noted(frozen())
        ruling = Ruling(is_noted=False, on=clock.today(), number="", decision=Names())
        with pytest.raises(ReportRefused, match="not been decided"):
            decide_report(report=report, ruling=ruling, by=None)

    def test_a_day_to_come_is_refused(self) -> None:
        report = frozen()
        prepare_matter(report=report, matter=MATTER, by=None)
        ruling = Ruling(is_noted=True, on=clock.today() + timedelta(days=1), number="", decision=Names())
        with pytest.raises(ReportRefused, match="between"):
            decide_report(report=report, ruling=ruling, by=None)

    def test_what_is_missing_of_a_matter_is_told_at_its_field(self) -> None:
        empty = Matter(body=Names(), officer="", proposal=Names())
        with pytest.raises(ReportRefused) as refused:
            prepare_matter(report=frozen(), matter=empty, by=None)
        assert [reason.field for reason in refused.value.reasons] == ["body_fi", "officer", "proposal_fi"]

    def test_only_a_decided_report_is_published(self) -> None:
        report = frozen()
        with pytest.raises(ReportRefused, match="approved or noted"):
            publish_report(report=report, by=None)
        assert publish_report(report=noted(report), by=None).published_at

    def test_deciding_and_publishing_leave_content_and_hash_alone(self) -> None:
        report = frozen()
        kept, sha256 = deepcopy(report.frozen), report.sha256
        publish_report(report=noted(report), by=None)
        report.refresh_from_db()
        assert (report.frozen, report.sha256) == (kept, sha256)


@pytest.mark.django_db
class TestRenewing:
    def test_a_new_version_takes_the_texts_and_leaves_the_old_one_alone(self) -> None:
        old = draft()
        write_texts(report=old, section="summary", texts={"fi": "Osuus on {I2}."}, by=None)
        old = freeze_report(report=old, reasons=reasons_for(old), by=None)
        new = begin_version(report=old, data_on=clock.today(), by=None)
        assert (new.version, new.state) == (2, "draft")
        assert new.texts.get().text == "Osuus on {I2}."
        assert before(new) == old
        assert prove_report(old).is_sound

    def test_a_draft_is_not_renewed_and_two_drafts_are_not_begun(self) -> None:
        old = frozen()
        begin_version(report=old, data_on=clock.today(), by=None)
        with pytest.raises(ReportRefused, match="draft of this report already"):
            begin_version(report=old, data_on=clock.today(), by=None)

    def test_it_tells_which_figures_changed_with_old_and_new(self) -> None:
        old = frozen()
        Finding.objects.filter(code="K04").update(action={"fi": "Koulutukset yhdistetään."})
        new = begin_version(report=old, data_on=old.data_on, by=None)
        changes = drift(frozen_content(old), live(wanted_of(new)).content)
        found = {one.key: one for one in changes}
        bare = found["findings_bare"]
        assert bare.was
        assert bare.now
        assert [bare.was.value, bare.now.value] == [4, 3]

    def test_it_prints_old_and_new_among_its_appendices_and_proves_with_them(self) -> None:
        old = frozen()
        Finding.objects.filter(code="K04").update(action={"fi": "Koulutukset yhdistetään."})
        new = begin_version(report=old, data_on=old.data_on, by=None)
        new = freeze_report(report=new, reasons=reasons_for(new), by=None)
        content = frozen_content(new)
        table = next(one for one in content.sections[-1].blocks if getattr(one, "key", "") == "changes")
        rows = {row[2].figure: row[1].figure for row in table.rows}  # type: ignore[union-attr]
        assert rows["findings_bare"] == "was_findings_bare"
        earlier = content.figure("was_findings_bare")
        assert earlier
        assert earlier.value == 4
        assert prove_report(new).is_sound

    def test_a_version_without_a_change_says_so(self) -> None:
        old = frozen()
        new = begin_version(report=old, data_on=old.data_on, by=None)
        last = live(wanted_of(new)).content.sections[-1].blocks[-1]
        assert getattr(last, "text", None) is not None
        assert "No figure" in last.text.en  # type: ignore[union-attr]


class TestNames:
    def test_the_name_that_is_printed_is_that_of_the_account(self, cast: Cast) -> None:
        report = draft(cast.aino)
        done = freeze_report(report=report, reasons=reasons_for(report), by=cast.aino)
        assert frozen_content(done).frozen_by == cast.aino.label
