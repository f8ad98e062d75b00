"""Verbs that change who is who. Each is one transaction and one journal entry."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bihuan.errors import BadInput, RuleBroken
from bihuan.journal import actions as journal
from bihuan.people.models import PART_KINDS, Organisation, OrganisationKind, Person, Post, Supervision
from bihuan.scope import Actor
from bihuan.words import Phrase, phrase
from bihuan.workflow.words import Role

PLAIN_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class NewOrganisation:
    """What an organisation is created from; `parent_code` is None for a root."""

    code: str
    name: str
    short_name: str
    kind: str
    parent_code: str | None = None


@transaction.atomic
def create_organisation(new: NewOrganisation, *, actor: Actor, at: datetime) -> Organisation:
    """Create one organisation below its parent.

    Raises RuleBroken for a code that is taken, BadInput for one that could confuse paths, for an
    unknown kind, and for a department or community without a unit above it.
    """
    _refuse_unplaceable(new)
    parent = Organisation.objects.scoped(actor).one(code=new.parent_code) if new.parent_code else None
    if Organisation.objects.scoped(actor).filter(code=new.code).exists():
        raise RuleBroken(phrase("The code %(code)s is taken.", code=new.code))
    path = (parent.path if parent else "") + new.code + "/"
    organisation = Organisation.objects.scoped(actor).create(
        code=new.code,
        name=new.name,
        short_name=new.short_name,
        kind=OrganisationKind(new.kind),
        parent=parent,
        path=path,
    )
    subject = journal.Subject("organisation", str(organisation.pk), path)
    after = {"code": new.code, "name": new.name, "kind": new.kind}
    journal.append("create_organisation", subject, actor=actor, at=at, after=after)
    return organisation  # type: ignore[no-any-return]


def _refuse_unplaceable(new: NewOrganisation) -> None:
    if not PLAIN_CODE.fullmatch(new.code):
        raise BadInput(
            phrase("The code “%(code)s” may hold only small letters a–z, digits and hyphens.", code=new.code)
        )
    if new.kind not in OrganisationKind.values:
        raise BadInput(phrase("There is no kind of organisation called “%(kind)s”.", kind=new.kind))
    # A post in a department reaches the unit above it: without one it would reach everything.
    if new.kind in PART_KINDS and new.parent_code is None:
        raise BadInput(phrase("A department or community needs the organisation that it belongs to."))


@transaction.atomic
def create_person(*, username: str, name: str, password: str, actor: Actor, at: datetime) -> Person:
    """Create a person who may sign in but has no rights yet.

    Raises BadInput for a weak password and RuleBroken for a user name that is taken in any case.
    """
    if Person.objects.filter(username__iexact=username).exists():
        raise RuleBroken(phrase("The user name %(name)s is taken.", name=username))
    person = Person(username=username, name=name)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise BadInput(*(Phrase("%(text)s", {"text": message}) for message in weak.messages)) from None
    person.set_password(password)
    person.save(force_insert=True)
    subject = journal.Subject("person", str(person.pk), "")
    after = {"username": username, "name": name}
    journal.append("create_person", subject, actor=actor, at=at, after=after)
    return person


@transaction.atomic
def grant_post(
    person: Person, organisation: Organisation, role: Role, *, valid_from: date, actor: Actor, at: datetime
) -> Post:
    """Give a person a role at an organisation from a day on. Raises RuleBroken for a post already given."""
    if (
        Post.objects.scoped(actor)
        .filter(person=person, organisation=organisation, role=role, valid_from=valid_from)
        .exists()
    ):
        raise RuleBroken(phrase("%(name)s already holds this post from that day on.", name=person.name))
    post = Post.objects.scoped(actor).create(
        person=person, organisation=organisation, role=role, valid_from=valid_from
    )
    subject = journal.Subject("post", str(post.pk), organisation.path)
    after = {"person": person.pk, "organisation": organisation.code, "role": role, "valid_from": valid_from}
    journal.append("grant_post", subject, actor=actor, at=at, after=after)
    return post  # type: ignore[no-any-return]


@transaction.atomic
def end_post(post_id: int, *, valid_until: date, actor: Actor, at: datetime) -> Post:
    """End a post: from `valid_until` on, at the next request, its person has lost the right.

    Raises RuleBroken when that day is not after the first day of the post.
    """
    post = Post.objects.scoped(actor).one(pk=post_id)
    if valid_until <= post.valid_from:
        raise RuleBroken(phrase("A post cannot end before it began."))
    before = {"valid_until": post.valid_until}
    post.valid_until = valid_until
    post.save(update_fields=["valid_until"])
    subject = journal.Subject("post", str(post.pk), post.organisation.path)
    after = {"valid_until": valid_until}
    journal.append("end_post", subject, actor=actor, at=at, before=before, after=after)
    return post  # type: ignore[no-any-return]


@transaction.atomic
def supervise(
    supervisor: Organisation, subject: Organisation, *, valid_from: date, actor: Actor, at: datetime
) -> Supervision:
    """Let one organisation watch another and everything below it from a day on.

    Raises RuleBroken for an organisation that would watch itself, or watches the other from that day already.
    """
    if supervisor.pk == subject.pk:
        raise RuleBroken(phrase("An organisation cannot supervise itself."))
    same = Supervision.objects.scoped(actor).filter(supervisor=supervisor, subject=subject)
    if same.filter(valid_from=valid_from).exists():
        raise RuleBroken(
            phrase("%(name)s supervises %(other)s from that day on already.", name=supervisor.short_name, other=subject.short_name)
        )  # fmt: skip
    supervision = Supervision.objects.scoped(actor).create(
        supervisor=supervisor, subject=subject, valid_from=valid_from
    )
    about = journal.Subject("supervision", str(supervision.pk), subject.path)
    after = {"supervisor": supervisor.code, "subject": subject.code, "valid_from": valid_from}
    journal.append("supervise", about, actor=actor, at=at, after=after)
    return supervision  # type: ignore[no-any-return]
