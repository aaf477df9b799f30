"""Keys: what can stand before a colon, in English and Indonesian, and what may follow."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from freelancer_tui.i18n import N_, _, language

KeyName = Literal[
    "skill", "country", "lang", "budget", "bids", "posted", "type", "client", "is", "sort"
]


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its other names and what it is for."""

    name: KeyName
    indonesian: str
    about: str
    sample: str
    """What may stand behind its colon."""
    also: tuple[str, ...] = ()


KEYS: Final[tuple[Key, ...]] = (
    Key("skill", "keahlian", N_("a skill that the job asks for"), "django",
        ("skills", "keterampilan")),
    Key("country", "negara", N_("where the client is"), "id", ("countries",)),
    Key("budget", "anggaran", N_("what the client may pay"), ">5jt", ("price", "harga")),
    Key("type", "jenis", N_("paid by the hour or at a fixed price"), "fixed",
        ("kind", "tipe")),
    Key("bids", "tawaran", N_("how many bid on it"), "<20", ("bid", "penawaran")),
    Key("posted", "dipasang", N_("how long ago it was posted"), N_("<2d"),
        ("age", "umur", "diposting")),
    Key("client", "klien", N_("what is known of the client"), "verified", ()),
    Key("lang", "bahasa", N_("the language it is written in"), "id", ("language",)),
    Key("is", "status", N_("what became of it, and what you made of it"), "new", ("adalah",)),
    Key("sort", "urut", N_("what comes first"), "budget", ("order", "urutkan")),
)  # fmt: skip
VALUES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "type": {
        "fixed": ("tetap", "fixed-price", "borongan"),
        "hourly": ("per-jam", "perjam", "jam", "hour"),
    },
    "client": {"verified": ("terverifikasi", "payment-verified")},
    "is": {
        "open": ("terbuka", "buka", "active"),
        "closed": ("tertutup", "ditutup", "tutup"),
        "awarded": ("diberikan", "dimenangkan"),
        "removed": ("dihapus",),
        "starred": ("berbintang", "bintang", "star"),
        "skipped": ("dilewati", "lewati", "skip"),
        "noted": ("bercatatan", "catatan", "note"),
        "new": ("baru", "unseen"),
    },
    "sort": {
        "newest": ("terbaru", "new"),
        "oldest": ("terlama", "old"),
        "budget": ("anggaran", "price"),
        "bids": ("tawaran", "penawaran"),
        "match": ("cocok", "kecocokan", "score"),
    },
}
"""The values of the keys that know only a few, each with its other names."""
ABOUT: Final = {
    "fixed": N_("at a fixed price"),
    "hourly": N_("by the hour"),
    "verified": N_("client with a verified payment"),
    "open": N_("takes bids"),
    "closed": N_("takes no bids any more"),
    "awarded": N_("given to somebody"),
    "removed": N_("removed on the marketplace"),
    "starred": N_("starred"),
    "skipped": N_("skipped"),
    "noted": N_("with a note of yours"),
    "new": N_("new since your last visit"),
    "newest": N_("newest first"),
    "oldest": N_("oldest first"),
    "budget": N_("highest budget first"),
    "bids": N_("fewest bids first"),
    "match": N_("best match first"),
}
"""What each value means, in a few words."""
_NAMES: Final = {name: key.name for key in KEYS for name in (key.name, key.indonesian, *key.also)}


def key_of(name: str) -> KeyName | None:
    """Give the key that a name stands for."""
    return _NAMES.get(name.lower())


def named(key: str) -> Key:
    """Give all about a key, by any of its names."""
    return next(one for one in KEYS if one.name == _NAMES[key])


def key_name(key: str) -> str:
    """Give the name of a key in the user's language; any other is read as well."""
    one = named(key)
    return one.indonesian if language() == "id" else one.name


def value_name(key: str, value: str) -> str:
    """Give the name of a value in the user's language; any other is read as well."""
    return VALUES[key][value][0] if language() == "id" else value


def sample(key: str) -> str:
    """Give what could stand behind the colon of a key, in the user's language."""
    one = named(key)
    return value_name(one.name, one.sample) if one.name in VALUES else _(one.sample)


def nearest_key(name: str) -> str:
    """Give the key that a mistyped one comes nearest to; nothing when none is near."""
    near = get_close_matches(name.lower(), _NAMES, 1, 0.7)
    return near[0] if near else ""


def value_of(key: str, text: str) -> str | None:
    """Give the value that a text stands for: by a name, or by a beginning that only it has."""
    found = {
        value
        for value, also in VALUES[key].items()
        if any(name.startswith(text) for name in (value, *also))
    }
    exact = (value for value, also in VALUES[key].items() if text in (value, *also))
    return next(exact, None) or (found.pop() if len(found) == 1 and len(text) > 1 else None)


def is_beginning(key: str, text: str) -> bool:
    """Tell whether a value could begin so."""
    names = (name for value, also in VALUES[key].items() for name in (value, *also))
    return any(name.startswith(text) for name in names)


def nearest_value(key: str, text: str) -> str:
    """Give the value that a mistyped one comes nearest to; nothing when none is near."""
    names = [name for value, also in VALUES[key].items() for name in (value, *also)]
    near = get_close_matches(text, names, 1, 0.6)
    return near[0] if near else ""
