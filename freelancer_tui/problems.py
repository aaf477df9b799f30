"""Problems: what stands in the way of a submit, and what to change, in the user's words."""

from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.proposals import (
    COMMON_LETTERS,
    MINIMUM_LETTERS,
    MOST_DAYS,
    Problem,
    Proposal,
    quoted,
)
from freelancer_tui.i18n import N_, _

_PROBLEMS: Final[dict[Problem, str]] = {
    "text_short": N_("Write at least {letters} characters."),
    "price_missing": N_("Set a price."),
    "price_zero": N_("Set a price above zero."),
    "days_missing": N_("Say how many days you need."),
    "days_range": N_("Choose between 1 and {days} days."),
    "price_below_budget": N_("The price is below the client's budget ({budget})."),
    "price_above_budget": N_("The price is above the client's budget ({budget})."),
    "project_closed": N_("The job takes no bids any more."),
    "text_long": N_("Longer than the {most} characters that the site's own form takes."),
    "text_email": N_("Take {email} out: the marketplace refuses bids with an e-mail address."),
    "text_reach": N_("{reach} looks like a way to reach you outside: that can cost the account."),
    "text_holes": N_("Fill in or take out: {holes}"),
    "price_currency": N_("Price it in {currency}, the currency of this job."),
    "plan_unread": N_("Each milestone needs an amount above zero, before or behind its words."),
    "plan_sum": N_("The milestones do not add up to the price."),
    "plan_share": N_("The first milestone is {share} %: the marketplace takes {least} % or more."),
    "bids_left": N_("The marketplace says that you have no bids left."),
}


def problem(found: Problem, budget: Budget | None = None, sheet: Proposal | None = None) -> str:
    """Say what stands in the way of a submit of a sheet, and what to change."""
    details = {
        "letters": MINIMUM_LETTERS,
        "most": COMMON_LETTERS,
        "days": MOST_DAYS,
        "budget": wording.budget(budget) if budget else "",
        **quoted(sheet or Proposal("", 0, "")),
    }
    return _(_PROBLEMS[found]).format_map(details)
