"""Schema of the cache: every table, and the version that a change of it must raise."""

import sqlite3
from typing import Final

VERSION: Final = 9
"""A file of another version is set aside and rebuilt, so no step ever converts one."""

_TABLES: Final = """
CREATE TABLE projects (
    remote_id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    text_hash INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    minimum INTEGER,
    maximum INTEGER,
    posted_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    bid_count INTEGER NOT NULL,
    skills TEXT NOT NULL,
    country TEXT NOT NULL,
    url TEXT NOT NULL,
    owner_id INTEGER,
    average INTEGER,
    language TEXT NOT NULL,
    bid_period_days INTEGER,
    traits TEXT NOT NULL,
    glyphs TEXT NOT NULL,
    facets TEXT NOT NULL,
    preview TEXT NOT NULL,
    description TEXT,
    gone_at INTEGER
) STRICT;
CREATE VIEW project_texts (remote_id, title, body, glyphs, facets) AS
    SELECT remote_id, title, coalesce(description, preview), glyphs, facets FROM projects;
CREATE VIRTUAL TABLE project_words USING fts5(
    title, body, glyphs, facets,
    content = 'project_texts', content_rowid = 'remote_id', detail = column,
    prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE facets (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT;
CREATE TABLE figures (
    remote_id INTEGER PRIMARY KEY,
    posted_at INTEGER NOT NULL,
    bid_count INTEGER NOT NULL,
    currency INTEGER NOT NULL,
    least INTEGER,
    most INTEGER,
    owner_id INTEGER
) STRICT;
CREATE TABLE days (
    day INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
) STRICT;
CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO totals VALUES ('projects', 0);
CREATE TABLE checks (remote_id INTEGER PRIMARY KEY, due_at INTEGER NOT NULL) STRICT;
CREATE INDEX checks_by_time ON checks (due_at);
CREATE INDEX projects_of_owner ON projects (owner_id) WHERE owner_id IS NOT NULL;
CREATE TABLE happenings (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    was TEXT NOT NULL,
    now TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX happenings_of_project ON happenings (project_id);

CREATE TABLE people (
    remote_id INTEGER PRIMARY KEY,
    username TEXT NOT NULL,
    display_name TEXT NOT NULL,
    country TEXT NOT NULL,
    country_code TEXT NOT NULL,
    city TEXT NOT NULL,
    timezone TEXT NOT NULL,
    registered_at INTEGER,
    payment_verified INTEGER,
    email_verified INTEGER,
    identity_verified INTEGER,
    reputation TEXT,
    employer_reputation TEXT,
    hash INTEGER NOT NULL
) STRICT;
CREATE TABLE profile (
    remote_id INTEGER PRIMARY KEY,
    skills TEXT NOT NULL,
    bids_left INTEGER,
    bid_limit INTEGER,
    hash INTEGER NOT NULL
) STRICT;
CREATE TABLE skills (
    remote_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    hash INTEGER NOT NULL
) STRICT;
CREATE TABLE currencies (
    remote_id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    sign TEXT NOT NULL,
    usd_rate TEXT,
    hash INTEGER NOT NULL
) STRICT;

CREATE TABLE bids (
    remote_id INTEGER PRIMARY KEY,
    project_remote_id INTEGER NOT NULL,
    bidder_id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    days INTEGER NOT NULL,
    text TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    retracted INTEGER NOT NULL,
    award_status TEXT,
    awarded_at INTEGER,
    accepted_at INTEGER,
    shortlisted INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    paid INTEGER,
    rank INTEGER,
    missed_at INTEGER,
    gone_at INTEGER,
    hash INTEGER NOT NULL
) STRICT;
CREATE INDEX bids_of_bidder ON bids (bidder_id, submitted_at);
CREATE INDEX bids_of_project ON bids (project_remote_id);

CREATE TABLE threads (
    remote_id INTEGER PRIMARY KEY,
    updated_at INTEGER NOT NULL,
    member_ids TEXT NOT NULL,
    project_remote_id INTEGER,
    unread INTEGER NOT NULL,
    last_text TEXT NOT NULL,
    last_from_id INTEGER,
    muted INTEGER,
    hash INTEGER NOT NULL
) STRICT;
CREATE INDEX threads_by_time ON threads (updated_at);
CREATE INDEX threads_of_project ON threads (project_remote_id);
CREATE TABLE messages (
    remote_id INTEGER PRIMARY KEY,
    thread_remote_id INTEGER NOT NULL,
    from_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    client_message_id TEXT NOT NULL,
    attachments TEXT NOT NULL,
    hash INTEGER NOT NULL,
    glyphs TEXT NOT NULL
) STRICT;
CREATE INDEX messages_of_thread ON messages (thread_remote_id);
CREATE VIRTUAL TABLE message_words USING fts5(
    text, glyphs, content = 'messages', content_rowid = 'remote_id', detail = column,
    prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE milestones (
    remote_id INTEGER PRIMARY KEY,
    project_remote_id INTEGER NOT NULL,
    bid_remote_id INTEGER,
    bidder_id INTEGER,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    hash INTEGER NOT NULL
) STRICT;
CREATE TABLE milestone_requests (
    remote_id INTEGER PRIMARY KEY,
    project_remote_id INTEGER NOT NULL,
    bid_remote_id INTEGER,
    bidder_id INTEGER,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    hash INTEGER NOT NULL
) STRICT;

CREATE TABLE cursors (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    cursor TEXT,
    more INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
"""


def create(connection: sqlite3.Connection) -> None:
    """Lay every table into an empty file, in one transaction with the version."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in _TABLES.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
