"""A small invented district for tests, built by the same acts that build a real one.

Plain functions: each name says what it gives. Nothing here writes a row past an action.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bihuan.people import actions as people
from bihuan.people import queries as who
from bihuan.people.models import Organisation, Person, Post
from bihuan.scope import Actor, system
from bihuan.workflow.words import Role

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
SETUP = system("tests set up a district")
PASSWORD = "correct-horse-battery"

_numbers = itertools.count(1)


def an_organisation(
    code: str | None = None, *, kind: str = "committee", parent: Organisation | None = None
) -> Organisation:
    """Give a new organisation; without a code it gets one that is free."""
    code = code or f"unit-{next(_numbers)}"
    new = people.NewOrganisation(
        code=code,
        name=f"organisation {code}",
        short_name=code,
        kind=kind,
        parent_code=parent.code if parent else None,
    )
    return people.create_organisation(new, actor=SETUP, at=AT)


def a_person(username: str | None = None) -> Person:
    """Give a new person, who may sign in with PASSWORD and has no post yet."""
    username = username or f"person-{next(_numbers)}"
    return people.create_person(
        username=username, name=f"name of {username}", password=PASSWORD, actor=SETUP, at=AT
    )


def a_post(
    organisation: Organisation, role: Role, *, person: Person | None = None, valid_from: date = LONG_AGO
) -> Post:
    """Give a new post, held by a new person unless one is named."""
    return people.grant_post(
        person or a_person(), organisation, role, valid_from=valid_from, actor=SETUP, at=AT
    )


def acting(post: Post, *, today: date = TODAY) -> Actor:
    """Give the actor that somebody becomes who signs in and chooses this post."""
    return who.actor_for(who.posts_of(post.person_id, today=today), chosen=post.pk, today=today)


def an_actor(organisation: Organisation, role: Role, *, person: Person | None = None) -> Actor:
    """Give somebody who acts in a new post."""
    return acting(a_post(organisation, role, person=person))


@dataclass
class Unit:
    """One inspected organisation with its people, its supervisor from above, and its neighbour."""

    organisation: Organisation
    department: Organisation
    other_department: Organisation
    handler: Actor
    head: Actor
    other_head: Actor
    leader: Actor
    office: Actor
    principal: Actor
    supervisor: Actor
    neighbour: "Unit | None" = field(default=None, repr=False)
    """A unit that the same supervisor watches and that nobody of this unit may see."""

    def actor(self, role: Role) -> Actor:
        """Give the one who holds this role for the lead department's findings."""
        return {
            Role.HANDLER: self.handler,
            Role.DEPARTMENT_HEAD: self.head,
            Role.RESPONSIBLE_LEADER: self.leader,
            Role.OFFICE: self.office,
            Role.PRINCIPAL: self.principal,
            Role.SUPERVISOR: self.supervisor,
        }[role]

    @property
    def everybody(self) -> list[Actor]:
        """Give one actor for each role."""
        return [self.actor(role) for role in Role]


def a_unit() -> Unit:
    """Give a small world: a supervising body, and two units with departments and one actor for each role."""
    root = an_organisation()
    watchers = an_organisation(kind="supervisor", parent=root)
    units = [an_organisation(parent=root) for _ in range(2)]
    for watched in units:
        people.supervise(watchers, watched, valid_from=LONG_AGO, actor=SETUP, at=AT)
    supervisor = an_actor(watchers, Role.SUPERVISOR)
    unit, unit.neighbour = (_staffed(organisation, supervisor) for organisation in units)
    unit.neighbour.neighbour = unit
    return unit


def _staffed(organisation: Organisation, supervisor: Actor) -> Unit:
    department = an_organisation(kind="department", parent=organisation)
    other_department = an_organisation(kind="department", parent=organisation)
    return Unit(
        organisation=organisation,
        department=department,
        other_department=other_department,
        handler=an_actor(department, Role.HANDLER),
        head=an_actor(department, Role.DEPARTMENT_HEAD),
        other_head=an_actor(other_department, Role.DEPARTMENT_HEAD),
        leader=an_actor(organisation, Role.RESPONSIBLE_LEADER),
        office=an_actor(organisation, Role.OFFICE),
        principal=an_actor(organisation, Role.PRINCIPAL),
        supervisor=supervisor,
    )
