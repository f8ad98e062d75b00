"""Nobody types a thing twice: measures take date and owner from their finding until they have their own."""

from datetime import timedelta

import pytest
from tests.factories import AT, DUE_ON, a_plan, a_unit, an_inspection, findings_of, measures_of

from bihuan.ledger.actions import planning

pytestmark = pytest.mark.django_db


def test_a_measure_without_date_or_owner_takes_those_of_its_finding():
    unit = a_unit()
    finding = findings_of(an_inspection(unit))[0]
    handler = unit.handler.person_id
    bare = tuple(planning.MeasureFields(id=row.pk, text=row.text) for row in measures_of(finding))
    plan = a_plan(unit, finding, measures=bare, handler_id=handler, due_on=DUE_ON)
    planning.plan_finding(finding.pk, plan=plan, actor=unit.office, at=AT)
    assert {(row.due_on, row.owner_id) for row in measures_of(finding)} == {(DUE_ON, handler)}


def test_a_measure_keeps_a_date_of_its_own():
    unit = a_unit()
    finding = findings_of(an_inspection(unit))[0]
    earlier = DUE_ON - timedelta(days=9)
    own = tuple(
        planning.MeasureFields(id=row.pk, text=row.text, due_on=earlier) for row in measures_of(finding)
    )
    plan = a_plan(unit, finding, measures=own, due_on=DUE_ON)
    planning.plan_finding(finding.pk, plan=plan, actor=unit.office, at=AT)
    assert {row.due_on for row in measures_of(finding)} == {earlier}


def test_what_is_assigned_to_many_reaches_their_measures():
    unit = a_unit()
    findings = findings_of(an_inspection(unit))
    given = planning.Assignment(handler_id=unit.handler.person_id, due_on=DUE_ON)
    refused = planning.assign([row.pk for row in findings], assignment=given, actor=unit.office, at=AT)
    assert refused == []
    held = {(row.due_on, row.owner_id) for finding in findings for row in measures_of(finding)}
    assert held == {(DUE_ON, unit.handler.person_id)}
