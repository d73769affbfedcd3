"""A case from its application to its vedtak, by whatever way random commands take it."""

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, consumes, multiple, rule

from tests.api.givens import SINCE
from tests.machines.machine import SOMEBODY, UNITS, Machine

KINDS = st.lists(
    st.sampled_from(["dwelling", "assistance", "dwelling", "assistance", "care_housing", "extension"]),
    min_size=1,
    max_size=2,
)
SUBJECTS = st.sampled_from(["dwelling", "assistance", "care_housing", "extension"])
GROUNDS = st.sampled_from(["consent_missing", "consent_withdrawn", "care_housing", "urgent", "formally_dismissed"])
TOPICS = st.sampled_from(["housing", "economy", "follow_up"])


class CaseMachine(Machine):
    """Applications, consent, pre-assessment, submissions, decisions without the group, vedtak."""

    name = "a case"
    applications = Bundle("applications")
    vedtak = Bundle("vedtak")
    issued = Bundle("issued")

    def begin(self) -> None:
        self.meetings = self.call_in_the_group()

    @rule(target=applications, kinds=KINDS, way=st.sampled_from(["form", "letter", "telephone", "visit"]))
    def an_application_comes(self, kinds: list[str], way: str) -> object:
        return self.apply_for(*kinds, way_in=way) or multiple()

    @rule(about=applications, units=UNITS, who=SOMEBODY)
    def consent_is_given(self, about: dict[str, str], units: list[str], who: str) -> None:
        body = {"scopes": [{"unit": unit} for unit in units], "given_on": SINCE, "channel": "form"}
        self.send(f"/cases/{about['case']}/consent", body, who)

    @rule(about=applications, units=UNITS)
    def consent_is_narrowed(self, about: dict[str, str], units: list[str]) -> None:
        self.send(f"/cases/{about['case']}/consent/narrowing", {"scopes": [{"unit": unit} for unit in units]})

    @rule(about=applications, way=st.sampled_from(["withdrawal", "refusal", "", ""]))
    def consent_is_taken_back(self, about: dict[str, str], way: str) -> None:
        """Now and then, so that there is something to take back."""
        if way:
            self.send(f"/cases/{about['case']}/consent/{way}")

    @rule(about=applications, topic=TOPICS, who=SOMEBODY)
    def something_is_mapped(self, about: dict[str, str], topic: str, who: str) -> None:
        self.send(f"/cases/{about['case']}/pre-assessment", {"topic": topic, "text": "Kartlagt."}, who)

    @rule(about=applications, step=st.sampled_from(["completion", "completion", "reopening"]))
    def the_mapping_is_finished_or_reopened(self, about: dict[str, str], step: str) -> None:
        self.send(f"/cases/{about['case']}/pre-assessment/{step}")

    @rule(about=applications, who=SOMEBODY)
    def the_case_is_submitted(self, about: dict[str, str], who: str) -> None:
        self.send("/submissions", {"case": about["case"], "why": "Trenger flere rundt bordet."}, who)

    @rule(about=applications, nth=st.integers(0, 2), matter=st.sampled_from(["new_case", "new_case", "submitted"]))
    def it_is_put_on_an_agenda(self, about: dict[str, str], nth: int, matter: str) -> None:
        body = {"matter": matter, "case": about["case"]}
        self.send(f"/meetings/{self.meetings[nth]}/agenda-items", body)

    @rule(about=applications, ground=GROUNDS, who=SOMEBODY)
    def it_is_to_be_decided_without_the_group(self, about: dict[str, str], ground: str, who: str) -> None:
        self.send(f"/cases/{about['case']}/decision-without-group", {"ground": ground}, who)

    @rule(
        target=vedtak, about=applications, subject=SUBJECTS, outcome=st.sampled_from(["grant", "refuse"]), who=SOMEBODY,
        whole=st.booleans(),
    )  # fmt: skip
    def a_vedtak_is_drafted(self, about: dict[str, str], subject: str, outcome: str, who: str, whole: bool) -> object:
        body = {
            "application": about["application"], "subject": subject, "outcome": outcome,
            "facts": "Bor på sofaen hos en venn.",
            "reasons": "Søkeren er uten bolig og får ikke leid på det private markedet.",
        }  # fmt: skip
        if whole:
            body |= (
                {"main_content": "Råd om å leie bolig.", "wishes_considered": "Vil bo nær barna."}
                if subject == "assistance"
                else {}
            )
        drafted = self.send("/vedtak", body, who)
        return multiple() if drafted is None else drafted["vedtak"]

    @rule(target=issued, vedtak=vedtak, settled=st.booleans(), who=SOMEBODY)
    def a_vedtak_is_issued(self, vedtak: str, settled: bool, who: str) -> object:
        answer = self.send(f"/vedtak/{vedtak}/issue", {"facts_settled": settled}, who)
        return multiple() if answer is None else vedtak

    @rule(vedtak=issued, channel=st.sampled_from(["digital", "post", "in_person"]))
    def the_party_is_told(self, vedtak: str, channel: str) -> None:
        self.send(f"/vedtak/{vedtak}/notification", {"channel": channel, "notified_on": SINCE})

    @rule(vedtak=issued, corrects=st.integers(0, 4))
    def a_vedtak_is_corrected(self, vedtak: str, corrects: int) -> None:
        body = {"corrects": corrects, "part": "reasons", "text": "Rettet.", "because": "Feil i teksten."}
        self.send(f"/vedtak/{vedtak}/corrections", body)

    @rule(about=consumes(applications), who=SOMEBODY)
    def an_application_is_withdrawn(self, about: dict[str, str], who: str) -> None:
        self.send(f"/applications/{about['application']}/withdrawal", None, who)

    @rule(about=applications)
    def an_interim_reply_is_sent(self, about: dict[str, str]) -> None:
        body = {"reason": "waiting_for_meeting", "expected_on": "2027-02-01"}
        self.send(f"/applications/{about['application']}/interim-reply", body)

    @rule(about=consumes(applications), who=SOMEBODY)
    def a_case_is_closed(self, about: dict[str, str], who: str) -> None:
        self.send(f"/cases/{about['case']}/closing", {"reason": "moved_away"}, who)
