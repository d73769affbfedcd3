"""The play: the main job from søknad to venteliste, follow-up and reminder, scene by scene."""

from demo.scenes.agenda import the_agenda_is_made
from demo.scenes.allocation import the_dwelling_is_allocated
from demo.scenes.applications import applications_come_in, consent_and_pre_assessment
from demo.scenes.group import the_group_is_appointed, the_half_year_is_planned
from demo.scenes.meeting import the_group_meets
from demo.scenes.replay import the_log_is_replayed
from demo.scenes.vedtak import vedtak_are_issued
from demo.scenes.years import time_passes
from demo.story import Story
from demo.theatre import Theatre

SCENES = (
    the_group_is_appointed,
    the_half_year_is_planned,
    applications_come_in,
    consent_and_pre_assessment,
    the_agenda_is_made,
    the_group_meets,
    vedtak_are_issued,
    the_dwelling_is_allocated,
    time_passes,
    the_log_is_replayed,
)


def play(theatre: Theatre) -> Story:
    """Play every scene. Raises `ExpectationError` at the first thing that is not as it should be."""
    story = Story()
    for scene in SCENES:
        scene(theatre, story)
    return story
