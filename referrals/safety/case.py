"""One referral with the rule set and the time: what several rules need, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from referrals.answers import answer_if, any_of, is_missing, read_answer, rows_given
from referrals.catalogue import UNLISTED, CatalogueEntry, counts_as_high
from referrals.clearance import creatinine_clearance
from referrals.facts import Allergy, DrugTaken, Facts, Result
from referrals.identity import age_on
from referrals.london_time import elapsed_since, london_day, start_of_london_day
from referrals.safety.flag import Audience, Flag, Level
from referrals.safety_config import Drug, RuleSet
from referrals.vocabulary import (
    Access,
    Answer,
    Contrast,
    Diabetes,
    Dialysis,
    DrugClass,
    FirstPass,
)

UNKNOWN_ENDING = "Not known: ask."


@dataclass(frozen=True)
class Case:
    """Facts, configuration and clock. ``live`` refuses test NHS numbers."""

    facts: Facts
    rules: RuleSet
    now: datetime
    live: bool = False

    def flag(
        self,
        code: str,
        variant: str = "",
        *,
        subject: str = "",
        detail: str = "",
        **words: object,
    ) -> Flag:
        """A flag with the level and wording of a row of the rule set."""
        row = self.rules.text(code, variant)
        return Flag(
            id=code,
            level=Level(row.level),
            wording=row.wording.format(**words),
            sources=row.provenance.sources,
            rule_set=self.rules.version,
            audience=Audience(row.audience),
            subject=subject,
            detail=detail,
            provisional=row.provenance.mark.provisional,
        )

    def unknown_flag(self, code: str, asked: str, *, variant: str = "") -> Flag:
        """The same rule as AMBER, because what it asks about is not known."""
        row = self.rules.text(code, variant)
        return Flag(
            id=code,
            level=Level.AMBER,
            wording=f"{asked}. {UNKNOWN_ENDING}",
            sources=row.provenance.sources,
            rule_set=self.rules.version,
            audience=Audience(row.audience),
            provisional=row.provenance.mark.provisional,
        )

    def by_answer(self, code: str, answer: Answer, asked: str, **words: object) -> list[Flag]:
        """No flag for NO, the rule's own for YES, AMBER for not known."""
        if answer is Answer.NO:
            return []
        if answer is Answer.YES:
            return [self.flag(code, **words)]
        return [self.unknown_flag(code, asked)]

    def answer(self, value: object) -> Answer:
        return read_answer(value, self.rules.words("answers.not_known"))

    # The patient

    @property
    def today(self) -> date:
        return london_day(self.now)

    @cached_property
    def age(self) -> int | None:
        born = self.facts.identity.date_of_birth
        return None if born is None else age_on(self.today, born)

    def age_reaches(self, code: str) -> Answer:
        """Whether an age limit is met; not known without a date of birth."""
        return Answer.NOT_KNOWN if self.age is None else answer_if(self.reaches(code, self.age))

    def reaches(self, code: str, value: Decimal | int | None) -> bool:
        return self.rules.limit(code).reached_by(value)

    # The procedure

    @property
    def procedure(self) -> CatalogueEntry:
        return self.facts.procedure or UNLISTED

    @cached_property
    def high(self) -> bool:
        """``hi`` of the rules."""
        return counts_as_high(
            self.procedure,
            sheath_f=self.facts.sheath_f,
            filter_removal=self.facts.filter_removal,
            venous_stent_lysis=self.facts.venous_stent_lysis,
            sheath_below=self.rules.number("class.sheath_below"),
        )

    @property
    def access(self) -> str:
        """Access as recorded; an arterial procedure with none recorded reads as femoral."""
        recorded = self.facts.access
        if not is_missing(recorded):
            return str(recorded)
        return Access.FEMORAL_ARTERY if self.procedure.arterial else Access.NOT_KNOWN

    @property
    def contrast_into_vessel(self) -> bool:
        """Into a vessel, or not known not to be. Vetting may settle "maybe" and "operator"."""
        if self.procedure.contrast in (Contrast.MAYBE, Contrast.OPERATOR):
            return self.answer(self.facts.contrast_into_vessel) is not Answer.NO
        return self.procedure.contrast_into_vessel

    @property
    def first_pass(self) -> bool:
        if not self.contrast_into_vessel:
            return False
        if self.procedure.first_pass == FirstPass.OPERATOR:
            return self.answer(self.facts.first_pass) is not Answer.NO
        return self.procedure.first_pass == FirstPass.YES

    # The setting

    @cached_property
    def acute(self) -> Answer:
        """Inpatient or urgent, as against elective. ED is among the acute settings (a row)."""
        setting, urgency = self.facts.patient_setting, self.facts.urgency
        return any_of(
            Answer.NOT_KNOWN
            if is_missing(setting)
            else answer_if(setting in self.rules.words("settings.acute")),
            Answer.NOT_KNOWN
            if is_missing(urgency)
            else answer_if(urgency in self.rules.words("urgencies.acute")),
        )

    @cached_property
    def measured_at(self) -> datetime:
        """When ages of results are read: the start of the planned day, or now if that is past."""
        target = self.facts.target_date
        if target is None:
            return self.now
        return max(start_of_london_day(target), self.now.astimezone(UTC))

    def age_of(self, result: Result) -> timedelta | None:
        """Age of a result at ``measured_at``; None when the sample has no time, or a future one."""
        taken = result.taken_at
        if taken is None or taken > self.now:
            return None
        return elapsed_since(taken, self.measured_at)

    def older_than(self, result: Result, code: str) -> bool:
        """Whether a given result is past a limit in hours or days. Unknown age is not read here."""
        limit = self.rules.limit(code)
        age = self.age_of(result)
        if age is None or limit.value is None:
            return False
        unit = timedelta(hours=1) if limit.unit == "hours" else timedelta(days=1)
        return limit.reached_by(Decimal(age // timedelta(microseconds=1)) / (unit // _TICK))

    # Drugs

    @property
    def drugs_answered(self) -> bool:
        return self.facts.antithrombotics is not None and self.facts.antithrombotics != ""

    @property
    def drugs_unknown(self) -> bool:
        """Answered, and the answer is "not known"."""
        return self.drugs_answered and rows_given(self.facts.antithrombotics) is None

    @cached_property
    def drugs(self) -> tuple[tuple[DrugTaken, Drug], ...]:
        """Every drug row with its entry in the drug table, by name."""
        rows = rows_given(self.facts.antithrombotics) or ()
        paired = ((row, self.rules.drugs.get(row.code) or _not_in_table(row)) for row in rows)
        return tuple(sorted(paired, key=_by_name_and_time))

    @cached_property
    def antithrombotics(self) -> tuple[tuple[DrugTaken, Drug], ...]:
        """The drugs that count for R15 to R19."""
        return tuple(pair for pair in self.drugs if pair[1].counts)

    def on_class(self, *classes: DrugClass) -> bool:
        return any(drug.drug_class in classes for _, drug in self.drugs)

    # Kidneys

    @cached_property
    def kidney_limit(self) -> str:
        """The limit code for the age of eGFR and creatinine; the shorter unless known to be well."""
        unwell = self.answer(self.facts.unwell_now)
        return "results.kidney" if unwell is Answer.NO else "results.kidney_unwell"

    @cached_property
    def clearance(self) -> Decimal | None:
        """Creatinine clearance in mL/min, or None when it cannot be worked out."""
        sample = self.facts.creatinine
        if self.age_of(sample) is None or self.older_than(sample, self.kidney_limit):
            return None
        return creatinine_clearance(
            self.age,
            self.facts.weight_kg,
            sample.value,
            self.facts.sex_registered_at_birth,
            int(self.rules.number("clearance.adult_age")),
        )

    @property
    def on_dialysis(self) -> Answer:
        if is_missing(self.facts.dialysis):
            return Answer.NOT_KNOWN
        return answer_if(self.facts.dialysis != Dialysis.NONE)

    @property
    def acute_kidney_injury(self) -> Answer:
        return self.answer(self.facts.aki_suspected)

    @property
    def on_metformin(self) -> Answer:
        """Asked only of people with diabetes."""
        if not self.facts.metformin and self.facts.diabetes == Diabetes.NONE:
            return Answer.NO
        return self.answer(self.facts.metformin)

    # Allergies

    @property
    def allergies_unknown(self) -> bool:
        """Answered, and the answer is "not known"."""
        answered = self.facts.allergies is not None and self.facts.allergies != ""
        return answered and rows_given(self.facts.allergies) is None

    def allergies_to(self, agent: str) -> tuple[Allergy, ...]:
        """Rows whose agent matches a name of the agent (list ``agents.<agent>``)."""
        rows = rows_given(self.facts.allergies) or ()
        names = [name.lower() for name in self.rules.words(f"agents.{agent}")]
        return tuple(row for row in rows if any(name in row.agent.lower() for name in names))


_TICK = timedelta(microseconds=1)


def _by_name_and_time(pair: tuple[DrugTaken, Drug]) -> tuple[str, str, str]:
    row, drug = pair
    return drug.name, row.name, row.last_taken.isoformat() if row.last_taken else ""


def _not_in_table(row: DrugTaken) -> Drug:
    """A drug nobody has classified counts as an antithrombotic. Its name is shown as detail."""
    code = f"{row.code}:{row.name}"
    return Drug(code, "a drug not in our table", DrugClass.OTHER, counts=True, kidney_matters=False)
