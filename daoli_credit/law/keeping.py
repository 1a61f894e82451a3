"""保存期: how many years something is kept after the day on which it was over, as a limit of the rules says."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack
from daoli_credit.law.durations import Duration


@dataclass(frozen=True)
class Keeping:
    """一项保存期, by the code of its limit; in whole years."""

    limit: str

    def term(self) -> Duration | None:
        """保存多久; None where the rules say nothing: then nothing is deleted."""
        limit = pack.current().limits.get(self.limit)
        return limit.years if limit is not None and limit.value is not None and limit.unit == "year" else None

    def until(self, over_on: date) -> date | None:
        """保存到哪一天."""
        years = self.term()
        return years.after(over_on) if years else None

    def over_before(self, on: date) -> date | None:
        """What was over before this day has been kept long enough on `on`; None where nothing is deleted."""
        years = self.term()
        if years is None:
            return None
        try:
            return on.replace(year=on.year - years.years)
        except ValueError:  # the 29th of February, in a year without one
            return date(on.year - years.years, 3, 1)
