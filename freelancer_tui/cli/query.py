"""Query: the language of the jobs search as its help tells it, and what there is to say of one."""

from collections.abc import Iterator, Sequence

import click

from freelancer_tui.domain.search import keys
from freelancer_tui.domain.text import clean
from freelancer_tui.i18n import _
from freelancer_tui.services.projects import Projects

_EXAMPLES = (
    "web or mobile skill:django",
    "logo 'budget:>5jt' 'bids:<20' posted:2d",
    "'\"landing page\"' -wordpress country:id,my",
    "is:new is:open client:verified sort:match",
    "type:hourly budget:20..60usd lang:en",
)


def described() -> str:
    """Give the help of the search, with every key, its values and some examples."""
    return "\n\n".join((*_grammar(), "\b\n" + "\n".join(_keys()), *_values(), _examples()))


def typed(words: Sequence[str]) -> str:
    """Give what the search reads; a last word of one letter is a word, and a value is whole."""
    text = " ".join(words)
    last = text.rpartition(" ")[2]
    return f"{text} " if len(last) == 1 or ":" in last else text


def tell(projects: Projects, text: str, *, is_empty: bool) -> None:
    """Say on standard error what could not be read, and why nothing was found."""
    told = projects.explained(text)
    sentences = [_sentence(one) for one in (*told.mistakes, *told.notes)]
    if is_empty and not projects.total():
        sentences.append(_("No jobs are here yet. Bring them in with: freelancer-tui sync"))
    elif is_empty:
        sentences += [_("No job here fits: {query}.").format(query=told.line or text.strip())]
        without = [
            _("There are some without: {part}").format(part=one) for one in projects.lacking(text)
        ]
        sentences += without or [_("Try fewer words, or bring new jobs in with sync.")]
    for sentence in sentences:
        click.echo(clean(sentence, len(sentence)), err=True)


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith("?") else f"{whole}."


def _grammar() -> Iterator[str]:
    yield _("List the jobs that a query describes, newest first. Without one it lists the newest.")
    yield _(
        "All parts must be so; `or` between two parts means one of them; - before a part means"
        ' that it must not be so; quotes ("web shop") keep words together. The last word also'
        " matches as a beginning: `desain log` finds `desain logo`. Accents and capitals do not"
        " matter. What cannot be read is told on standard error, and the rest counts."
    )
    yield _(
        "Amounts are compared in your own currency at the last rates (`currency` in the config"
        " file); 5jt, 500rb and rp500000 are rupiah, 500usd is what it says. Quote < and >, which"
        " the shell would take."
    )


def _keys() -> Iterator[str]:
    names = [f"{key.name}: {key.indonesian}:" for key in keys.KEYS]
    samples = [f"{key.name}:{key.sample}" for key in keys.KEYS]
    wide, room = max(map(len, names)), max(map(len, samples))
    for key, name, sample in zip(keys.KEYS, names, samples, strict=True):
        yield f"{name:<{wide}}  {sample:<{room}}  {_(key.about)}"


def _values() -> Iterator[str]:
    for key, values in keys.VALUES.items():
        told = [f"{key}:{value:<9} {_(keys.ABOUT[value])}" for value in values]
        yield "\b\n" + "\n".join(told)
    yield _("A minus turns an order round: sort:-budget begins with the lowest.")
    yield _("Spans: >500, <=20, 500..2000, 500+; ages in h, d, w, mo (jam, hari, minggu, bulan).")


def _examples() -> str:
    lines = [f"  freelancer-tui jobs search {example}" for example in _EXAMPLES]
    return "\b\n" + "\n".join([_("Examples:"), *lines])
