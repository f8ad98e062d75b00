"""The stored words of the workflow and their labels; the values are in the database, so they never change."""

from enum import StrEnum

from bihuan.words import N_


class State(StrEnum):
    """Where a finding stands. The workflow truth, set by steps only; values are stored."""

    DRAFT = "draft"
    PLAN_REVIEW = "plan_review"
    RECTIFYING = "rectifying"
    SUSTAINING = "sustaining"
    DECLARED = "declared"
    ENDORSED = "endorsed"
    REVIEWED = "reviewed"
    SIGNED_OFF = "signed_off"
    WRITTEN_OFF = "written_off"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


class Role(StrEnum):
    """What a post may do. Values are stored."""

    HANDLER = "handler"
    DEPARTMENT_HEAD = "department_head"
    RESPONSIBLE_LEADER = "responsible_leader"
    OFFICE = "office"
    PRINCIPAL = "principal"
    SUPERVISOR = "supervisor"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


class Kind(StrEnum):
    """How a finding is to be put right. Values are stored."""

    IMMEDIATE = "immediate"
    DUE = "due"
    LONG_TERM = "long_term"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


class DeliverableKind(StrEnum):
    """What a measure is to leave behind that somebody else can check. Values are stored."""

    DOCUMENT = "document"
    MONEY = "money"
    PERSON = "person"
    RATIO = "ratio"
    QUANTITY = "quantity"
    CHANGE = "change"
    DUTY = "duty"
    MEETING = "meeting"
    TRAINING = "training"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return _DELIVERABLE_LABELS[self]

    @property
    def proves(self) -> bool:
        """Whether evidence of this kind can carry a closure: a meeting, a course or a notice alone cannot."""
        return self not in (DeliverableKind.MEETING, DeliverableKind.TRAINING, DeliverableKind.NOTICE)


_STATE_LABELS = {
    State.DRAFT: N_("drafting the plan"),
    State.PLAN_REVIEW: N_("plan under review"),
    State.RECTIFYING: N_("rectifying"),
    State.SUSTAINING: N_("sustaining (long-term)"),
    State.DECLARED: N_("declared"),
    State.ENDORSED: N_("endorsed"),
    State.REVIEWED: N_("reviewed"),
    State.SIGNED_OFF: N_("signed off"),
    State.WRITTEN_OFF: N_("written off"),
}

_ROLE_LABELS = {
    Role.HANDLER: N_("handler"),
    Role.DEPARTMENT_HEAD: N_("department head"),
    Role.RESPONSIBLE_LEADER: N_("responsible leader"),
    Role.OFFICE: N_("rectification office"),
    Role.PRINCIPAL: N_("principal"),
    Role.SUPERVISOR: N_("supervisor"),
}

_KIND_LABELS = {
    Kind.IMMEDIATE: N_("to be fixed at once"),
    Kind.DUE: N_("to be fixed by a date"),
    Kind.LONG_TERM: N_("long-term"),
}

_DELIVERABLE_LABELS = {
    DeliverableKind.DOCUMENT: N_("document in force"),
    DeliverableKind.MONEY: N_("money"),
    DeliverableKind.PERSON: N_("person dealt with"),
    DeliverableKind.RATIO: N_("ratio"),
    DeliverableKind.QUANTITY: N_("quantity"),
    DeliverableKind.CHANGE: N_("physical change"),
    DeliverableKind.DUTY: N_("recurring duty"),
    DeliverableKind.MEETING: N_("meeting"),
    DeliverableKind.TRAINING: N_("training"),
    DeliverableKind.NOTICE: N_("notice"),
}
