"""Judged: a job's match and flags, as JSON has them and as lines for people."""

from typing import Any

from freelancer_tui import reasons
from freelancer_tui.domain.flags import Flag
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.i18n import _


def document(judgement: Judgement) -> dict[str, Any]:
    """Give the match and the flags as JSON has them."""
    return {
        "match": {
            "score": judgement.match.score,
            "lines": [
                {
                    "aspect": line.aspect,
                    "points": line.points,
                    "most": line.most,
                    "known": line.is_known,
                    "why": reasons.line(line),
                }
                for line in judgement.match.lines
            ],
        },
        "flags": [
            {
                "rule": flag.rule,
                "severity": flag.severity,
                "quote": flag.quotes[0].words if flag.quotes else None,
                "why": reasons.flag(flag),
                "quotes": _quotes(flag),
            }
            for flag in judgement.flags
        ],
    }


def text(judgement: Judgement) -> str:
    """Give the match and the flags as lines."""
    lines = [_("Match {score}").format(score=judgement.match.score)]
    for line in judgement.match.lines:
        lines.append(f"{line.points:4}/{line.most:<3} {reasons.line(line)}")
    for flag in judgement.flags:
        name = f"{reasons.severity(flag.severity)}: {reasons.flag_name(flag)}"
        lines.append(f"! {name}. {reasons.flag(flag)}")
        lines += [
            "  " + _("“{words}”").format(words=" ".join(quote.words.split()))
            for quote in flag.quotes
        ]
    return "\n".join(lines)


def _quotes(flag: Flag) -> list[dict[str, Any]]:
    return [
        {"words": one.words, "place": one.place, "start": one.start, "end": one.end}
        for one in flag.quotes
    ]
