"""Sync: one turn of the engine, or one after the other, from the command line."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import click

from freelancer_tui import wording
from freelancer_tui.cli import leaving, output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.errors import FreelancerError, Offline, Refused, StoreError, Unauthorized
from freelancer_tui.i18n import _, language, ngettext
from freelancer_tui.settings import Account
from freelancer_tui.sync.events import (
    Elsewhere,
    Event,
    Failed,
    Finished,
    Moved,
    Paused,
    Pulled,
    SignInNeeded,
    WentOffline,
)
from freelancer_tui.workspace import Workspace

if TYPE_CHECKING:
    from freelancer_tui.domain.feeds import FeedKind

LONGEST_WAIT = timedelta(minutes=10)
"""A wait that the marketplace names is waited out up to here; a longer one ends the command."""


@dataclass(slots=True)
class _Report:
    """What the turns of one command did."""

    finished: Finished | None = None
    ending: WentOffline | SignInNeeded | Elsewhere | Paused | None = None
    refused: list[OutboxEntry] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Feeds that could not be read, each with the reason."""


@click.command(help=_("Send what waits, then bring in what is new. --watch goes on until Ctrl-C."))
@click.option("--watch", is_flag=True, help=_("Go on by the engine's own clock."))
@shared
@pass_choices
def sync(choices: Choices, watch: bool) -> None:
    """Run the engine."""
    with desk(choices) as workspace:
        asyncio.run(_watch(choices, workspace) if watch else _once(choices, workspace))


async def _once(choices: Choices, workspace: Workspace) -> None:
    engine = await asyncio.to_thread(lambda: workspace.engine)
    ended = asyncio.Event()
    _stop_on_signals(engine.stop, ended.set)
    try:
        report = await _turn(workspace, by_hand=True)
        if isinstance(report.ending, Paused):
            report = await _waited_out(workspace, report.ending, ended)
    finally:
        await engine.close()
    if ended.is_set():
        raise KeyboardInterrupt
    _raise_ending(workspace, report)
    assert report.finished is not None
    output.show(choices, _document(report, report.finished), _line(report.finished))
    if report.refused:
        first = report.refused[0]
        raise Refused(first.reason_code, f"{first.about}: {first.reason} ({first.reason_code})")


async def _waited_out(workspace: Workspace, pause: Paused, ended: asyncio.Event) -> _Report:
    """Wait for as long as the marketplace asked, and take the turn again."""
    wait = pause.until - workspace.clock()
    if wait > LONGEST_WAIT:
        raise Offline(
            _("The marketplace asks to wait until {time}.").format(
                time=wording.moment(pause.until, workspace.settings.zone)
            ),
            hint=_("What was queued stays queued; sync again then."),
        )
    _note(
        _("The marketplace asks to wait until {time}; waiting.").format(
            time=wording.moment(pause.until, workspace.settings.zone)
        )
    )
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(ended.wait(), max(wait.total_seconds(), 0) + 0.1)
        raise KeyboardInterrupt
    return await _turn(workspace, by_hand=True)


async def _watch(choices: Choices, workspace: Workspace) -> None:
    engine = await asyncio.to_thread(lambda: workspace.engine)
    ended = asyncio.Event()
    _stop_on_signals(engine.stop, ended.set)
    by_hand = True
    try:
        while not ended.is_set():
            report = await _turn(workspace, by_hand=by_hand)
            by_hand = False
            if isinstance(report.ending, SignInNeeded):
                _raise_ending(workspace, report)
            if trouble := _trouble(report):
                _note(trouble)
            if report.finished is not None:
                output.show(choices, _document(report, report.finished), _line(report.finished))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), _seconds_to_next(workspace, report))
    finally:
        await engine.close()
    raise KeyboardInterrupt


def _seconds_to_next(workspace: Workspace, report: _Report) -> float:
    at = report.finished.next_at if report.finished else None
    if isinstance(report.ending, WentOffline):
        at = report.ending.next_at
    return max((at - workspace.clock()).total_seconds(), 0.2) if at else 5.0


async def _turn(workspace: Workspace, *, by_hand: bool) -> _Report:
    report = _Report()
    async for event in _events(workspace, by_hand=by_hand):
        match event:
            case Finished():
                report.finished = event
            case WentOffline() | SignInNeeded() | Elsewhere() | Paused():
                report.ending = event
            case Moved(entry) if entry.state == "refused":
                report.refused.append(entry)
            case Moved(entry) if entry.state == "sent" and entry.reason:
                _note(f"{entry.about}: {_(entry.reason)}")
            case Failed(feed, reason):
                report.failed[str(feed)] = reason
                if feed.kind != "self":  # that one is trouble for the whole turn
                    _note(_("{feed} could not be read: {reason}").format(feed=feed, reason=reason))
            case Pulled(skipped=skipped) if skipped:
                for sentence in skipped:
                    _note(sentence)
            case _:
                pass
    return report


async def _events(workspace: Workspace, *, by_hand: bool) -> AsyncIterator[Event]:
    """Give what the engine tells in a turn, written into the log as the screens do it."""
    journal = await asyncio.to_thread(lambda: workspace.journal)
    try:
        async for event in workspace.engine.turn(by_hand=by_hand):
            await asyncio.to_thread(journal.take, event)
            yield event
        await asyncio.to_thread(workspace.triage.begin)  # from the second turn on jobs are new
        await _look_after(workspace)
    except FreelancerError as error:
        await asyncio.to_thread(journal.fault, str(error))
        raise


async def _look_after(workspace: Workspace) -> None:
    """Make the drafts that come again; what keeps them from being made stops no sync."""
    try:
        made = await asyncio.to_thread(workspace.upkeep)
    except FreelancerError as error:
        return _note(str(error))
    if made:
        told = ngettext(
            "{count} invoice came again as a draft: freelancer-tui invoices list",
            "{count} invoices came again as drafts: freelancer-tui invoices list",
            made,
        )
        _note(told.format(count=made))


def _raise_ending(workspace: Workspace, report: _Report) -> None:
    """Turn an ending that is not a full turn into the error that says what to do."""
    if trouble := _trouble(report):
        raise Offline(trouble, hint=_("What was queued stays queued; sync again later."))
    match report.ending:
        case SignInNeeded(reason):
            raise Unauthorized(reason, hint=_how_to_renew(workspace.account_settings))
        case Elsewhere():
            raise StoreError(
                _("Another window or command is syncing this account."),
                hint=_("Wait for it, or close it."),
            )
        case Paused() if report.finished is None:
            raise Offline(_("The marketplace asks to wait."))
        case _:
            if report.finished is None:  # stopped by a signal before its end
                raise KeyboardInterrupt


def _trouble(report: _Report) -> str:
    """Say why the marketplace was not reached; without a word about us nothing else is done."""
    if isinstance(report.ending, WentOffline):
        return report.ending.reason
    return report.failed.get("self", "")


def _how_to_renew(account: Account) -> str:
    match account.secret_source:
        case "environment":
            return _("Set FREELANCER_TUI_TOKEN to a new token.")
        case "command":
            return _("Renew the token where your secret command takes it from.")
        case _:
            renew = _("Renew the token: freelancer-tui account token {name} --token-file -")
            return renew.format(name=account.name)


def _stop_on_signals(*stops: Callable[[], None]) -> None:
    """End between two requests on Ctrl-C and SIGTERM; one that takes long is left behind."""
    loop = asyncio.get_running_loop()

    def stop_all() -> None:
        for stop in stops:
            stop()
        loop.call_later(leaving.PATIENCE_SECONDS, leaving.end, 130)

    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(RuntimeError, ValueError, AttributeError):
            loop.add_signal_handler(name, stop_all)


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _document(report: _Report, finished: Finished) -> dict[str, Any]:
    return {
        "pushed": finished.pushed,
        "refused": finished.refused,
        "doubtful": finished.doubtful,
        "waiting": finished.waiting,
        "pulled": dict(finished.pulled),
        "failed": report.failed,
        "requests": finished.requests,
        "seconds": round(finished.seconds, 3),
    }


def _line(finished: Finished) -> str:
    told = ((wording.feed(cast("FeedKind", kind)), count) for kind, count in finished.pulled)
    pulled = ", ".join(f"{name} {count}" for name, count in told)
    seconds = f"{finished.seconds:.1f}"
    return _(
        "Sent {pushed}, refused {refused}, in doubt {doubtful}, waiting {waiting}. New: {pulled}."
        " {requests} requests, {seconds} s."
    ).format(
        pushed=finished.pushed,
        refused=finished.refused,
        doubtful=finished.doubtful,
        waiting=finished.waiting,
        pulled=pulled,
        requests=finished.requests,
        seconds=seconds.replace(".", ",") if language() == "id" else seconds,
    )
