"""How a need is counted: which household, and what the dwelling has to be like (LR4). Codes and counts only."""

from enum import StrEnum

from domain.cases.application_content import Household


class HouseholdType(StrEnum):
    """A household by its size; children who live there part of the time are counted with the others."""

    SINGLE = "single"
    COUPLE = "couple"
    MORE_ADULTS = "more_adults"
    ONE_CHILD = "one_child"
    TWO_CHILDREN = "two_children"
    MORE_CHILDREN = "three_or_more_children"
    NOT_TOLD = "not_told"

    @classmethod
    def of(cls, household: Household) -> "HouseholdType":
        """The type of `household`: by its children when it has any, else by its adults."""
        children = household.children + household.children_part_time
        if children:
            return {1: cls.ONE_CHILD, 2: cls.TWO_CHILDREN}.get(children, cls.MORE_CHILDREN)
        return {0: cls.NOT_TOLD, 1: cls.SINGLE, 2: cls.COUPLE}.get(household.adults, cls.MORE_ADULTS)


class Accessibility(StrEnum):
    """What a dwelling has to be like: an ordinary one, or more or less adapted. Counted by the most it takes."""

    ORDINARY = "ordinary"
    LIFT = "lift"
    STEP_FREE = "step_free"
    ADAPTED = "adapted"

    @classmethod
    def of(cls, *, lift: bool, step_free: bool, adapted: bool) -> "Accessibility":
        """`adapted`: adaptations of its own are described in the application."""
        if adapted:
            return cls.ADAPTED
        if step_free:
            return cls.STEP_FREE
        return cls.LIFT if lift else cls.ORDINARY
