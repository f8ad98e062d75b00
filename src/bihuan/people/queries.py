"""Reading who is who. Posts and supervision of the person who signs in are read here before any scope exists."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bihuan.errors import NotAllowed
from bihuan.people.models import PART_KINDS, Organisation, OrganisationKind, Person, Post, Supervision
from bihuan.scope import Actor
from bihuan.words import phrase
from bihuan.workflow.words import Role

SIGNING_IN = "the posts of the person who signs in decide the scope"


@dataclass(frozen=True)
class PostLine:
    """A post as a person chooses it."""

    id: int
    role: Role
    organisation: str


def _valid(today: date) -> Q:
    return Q(valid_from__lte=today) & (Q(valid_until__isnull=True) | Q(valid_until__gt=today))


def posts_of(person_id: int, *, today: date) -> list[Post]:
    """Give the posts that a person holds today, in a stable order."""
    posts = Post.objects.unscoped(SIGNING_IN).filter(
        _valid(today), person_id=person_id, person__is_active=True
    )
    return list(posts.select_related("organisation__parent", "person").order_by("pk"))


def actor_for(posts: list[Post], *, chosen: int | None, today: date) -> Actor:
    """Build the actor from the chosen post, or the first one; raises NotAllowed when there is none."""
    if not posts:
        raise NotAllowed(phrase("This account holds no post today. Ask the office that keeps the accounts."))
    post = next((held for held in posts if held.pk == chosen), posts[0])
    unit = _unit_path(post.organisation)
    return Actor(
        person_id=post.person_id,
        person_name=post.person.name,
        post_id=post.pk,
        role=Role(post.role),
        organisation_id=post.organisation_id,
        organisation_name=post.organisation.short_name,
        organisation_path=post.organisation.path,
        unit_path=unit,
        reach=_reach(post, unit, today),
    )


def actor_of(username: str, *, today: date, role: Role | None = None) -> Actor:
    """Build the actor of a user name at the console; raises NotAllowed where the person holds no such post."""
    person = Person.objects.filter(username=username).first()
    posts = posts_of(person.pk, today=today) if person else []
    return actor_for([post for post in posts if role in (None, post.role)], chosen=None, today=today)


def _unit_path(organisation: Organisation) -> str:
    """A department or community belongs to the unit right above it; the other kinds are units themselves."""
    if organisation.kind in PART_KINDS:
        return organisation.path.removesuffix(organisation.code + "/")
    return organisation.path


def _reach(post: Post, unit: str, today: date) -> tuple[str, ...]:
    if post.role != Role.SUPERVISOR:
        return (unit,)
    watched = (
        Supervision.objects.unscoped(SIGNING_IN)
        .filter(_valid(today), supervisor_id=post.organisation_id)
        .values_list("subject__path", flat=True)
        .order_by("subject__path")
    )
    return (unit, *watched)


def organisation(code: str, *, actor: Actor) -> Organisation:
    """Find an organisation by its code; raises NotFound outside the reach."""
    return Organisation.objects.scoped(actor).one(code=code)  # type: ignore[no-any-return]


def units(*, actor: Actor) -> QuerySet[Organisation]:
    """Give the organisations that can be inspected, within reach."""
    return Organisation.objects.scoped(actor).filter(kind=OrganisationKind.COMMITTEE).order_by("path")


def departments(unit_path: str, *, actor: Actor) -> QuerySet[Organisation]:
    """Give the departments and communities of one unit."""
    rows = Organisation.objects.scoped(actor).filter(path__startswith=unit_path, kind__in=PART_KINDS)
    return rows.order_by("-kind", "path")


def leaders(unit_path: str, *, actor: Actor, today: date) -> QuerySet[Person]:
    """Give the persons of one unit who can be responsible leader today.

    A principal who carries a finding in person holds such a post besides: the steps go by posts.
    """
    return _holders((Role.RESPONSIBLE_LEADER,), unit_path, actor, today)


def handlers(unit_path: str, *, actor: Actor, today: date) -> QuerySet[Person]:
    """Give the persons of one unit who can handle a finding or own a measure today."""
    return _holders((Role.HANDLER, Role.DEPARTMENT_HEAD), unit_path, actor, today)


def _holders(roles: tuple[Role, ...], unit_path: str, actor: Actor, today: date) -> QuerySet[Person]:
    posts = Post.objects.scoped(actor).filter(
        _valid(today), role__in=roles, organisation__path__startswith=unit_path, person__is_active=True
    )
    return Person.objects.filter(pk__in=posts.values("person_id")).order_by("name")
