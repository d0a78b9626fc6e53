"""`watertower site …`: what the community says about itself, and its rules."""

from watertower.accounts.access.site import site_of
from watertower.accounts.actions.decide_site import (
    add_rule,
    decide_site,
    remove_rule,
    site_decisions,
)
from watertower.accounts.site_names import DECISIONS
from watertower.base.errors import Refused
from watertower.base.json import to_json
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context


def set_site(name: str, value: str) -> None:
    """Decide one thing. `watertower site show` lists the names.

    Parameters
    ----------
    name
        What to decide, such as title or registration_mode.
    value
        The decision, as text; an empty one takes a text away.

    """
    try:
        decided = in_context(lambda ctx: decide_site(ctx, name=name, text=value))
    except Refused as refused:
        raise CommandFailed(refused.says) from refused
    print(f"{name} = {to_json(decided)}")


def show_site() -> None:
    """Print every name with what was decided, or what it is for where nothing was."""
    found = in_context(site_decisions)
    for name, decision in DECISIONS.items():
        if found.get(name) is None:
            print(f"# {name}: {decision.says}")
        else:
            print(f"{name} = {to_json(found[name])}")


def list_site_rules() -> None:
    """Print the rules in force with their ids."""
    for rule in in_context(site_of).rules:
        print(f"{rule.id}  {rule.text}" + (f"  ({rule.hint})" if rule.hint else ""))


def add_site_rule(text: str, *, hint: str = "") -> None:
    """Add a rule at the end.

    Parameters
    ----------
    text
        The rule.
    hint
        A longer explanation.

    """
    try:
        rule_id = in_context(lambda ctx: add_rule(ctx, text=text, hint=hint))
    except Refused as refused:
        raise CommandFailed(refused.says) from refused
    print(rule_id)


def remove_site_rule(rule_id: int) -> None:
    """Take a rule out of force.

    Parameters
    ----------
    rule_id
        Its id, as `watertower site rules` prints it.

    """
    try:
        in_context(lambda ctx: remove_rule(ctx, rule_id=rule_id))
    except Refused as refused:
        raise CommandFailed(f"There is no rule {rule_id}.") from refused
