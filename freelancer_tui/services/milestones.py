"""Milestones: where the money of each project is."""

from collections.abc import Iterable

from freelancer_tui.domain.milestones import EscrowLine, Milestone, MilestoneRequest, state_of
from freelancer_tui.domain.projects import Project
from freelancer_tui.store.cache import milestones, people, projects
from freelancer_tui.store.cache.database import CacheDatabase


class Milestones:
    """Escrow as the cache knows it."""

    def __init__(self, cache: CacheDatabase) -> None:
        self._cache = cache

    def lines(self, limit: int = 500) -> list[EscrowLine]:
        """List milestones and the requests not yet answered by one, newest first."""
        with self._cache.read() as connection:
            facts = _without_answered(milestones.lines(connection, limit))
            ids = {fact.project_remote_id for fact in facts}
            found = {one: projects.get(connection, one) for one in ids}
            owners = {one.owner_id for one in found.values() if one and one.owner_id}
            names = people.names(connection, owners)
        return [_line(fact, found[fact.project_remote_id], names) for fact in facts]


def _without_answered(
    facts: Iterable[Milestone | MilestoneRequest],
) -> list[Milestone | MilestoneRequest]:
    """Drop a request that became a milestone: the milestone itself is in the list."""
    facts = list(facts)
    funded = {(fact.bid_remote_id, fact.amount) for fact in facts if isinstance(fact, Milestone)}
    return [
        fact
        for fact in facts
        if isinstance(fact, Milestone)
        or fact.status != "created"
        or (fact.bid_remote_id, fact.amount) not in funded
    ]


def _line(
    fact: Milestone | MilestoneRequest, project: Project | None, names: dict[int, str]
) -> EscrowLine:
    is_request = isinstance(fact, MilestoneRequest)
    return EscrowLine(
        remote_id=fact.remote_id,
        is_request=is_request,
        project_remote_id=fact.project_remote_id,
        project_title=project.title if project else "",
        client=names.get(project.owner_id or 0, "") if project else "",
        amount=fact.amount,
        text=fact.text,
        state=state_of(fact.status),
        at=fact.requested_at if isinstance(fact, MilestoneRequest) else fact.created_at,
    )
