"""Schema: the tables of the market and their indexes."""

import sqlite3

VERSION = 1

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE skills (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, category_id INTEGER NOT NULL,
  seo_url TEXT NOT NULL, local INTEGER NOT NULL);
CREATE TABLE countries (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, iso3 TEXT NOT NULL, demonym TEXT NOT NULL,
  phone_code INTEGER, language_code TEXT NOT NULL, region_id INTEGER);
CREATE TABLE timezones (
  id INTEGER PRIMARY KEY, country TEXT NOT NULL, name TEXT NOT NULL, hours TEXT NOT NULL);
CREATE TABLE currencies (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, country TEXT NOT NULL,
  sign TEXT NOT NULL, exchange_rate TEXT NOT NULL);
CREATE TABLE budgets (
  currency_id INTEGER NOT NULL, kind TEXT NOT NULL, minimum INTEGER NOT NULL, maximum INTEGER,
  name TEXT NOT NULL);
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL, role TEXT NOT NULL, country_code TEXT NOT NULL, city TEXT NOT NULL,
  timezone TEXT NOT NULL, language TEXT NOT NULL, tagline TEXT NOT NULL, profile TEXT NOT NULL,
  company TEXT NOT NULL, email TEXT NOT NULL, registered INTEGER NOT NULL, hourly_rate INTEGER,
  currency_id INTEGER NOT NULL, verified INTEGER NOT NULL, bids_remaining INTEGER NOT NULL,
  bid_limit INTEGER NOT NULL, membership TEXT NOT NULL, preferred INTEGER NOT NULL);
CREATE TABLE user_skills (
  user_id INTEGER NOT NULL, skill_id INTEGER NOT NULL, PRIMARY KEY (user_id, skill_id)
) WITHOUT ROWID;
CREATE TABLE standings (
  user_id INTEGER NOT NULL, role TEXT NOT NULL, overall TEXT NOT NULL, reviews INTEGER NOT NULL,
  complete INTEGER NOT NULL, incomplete INTEGER NOT NULL, on_budget TEXT NOT NULL,
  on_time TEXT NOT NULL, positive TEXT NOT NULL, completion_rate TEXT NOT NULL,
  rehire_rate TEXT NOT NULL, earnings_score TEXT NOT NULL, ratings TEXT NOT NULL,
  PRIMARY KEY (user_id, role)) WITHOUT ROWID;
CREATE TABLE portfolio (
  id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL,
  description TEXT NOT NULL, skills TEXT NOT NULL);
CREATE TABLE balances (
  user_id INTEGER NOT NULL, currency_id INTEGER NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY (user_id, currency_id)) WITHOUT ROWID;
CREATE TABLE tokens (
  token TEXT PRIMARY KEY, user_id INTEGER NOT NULL, expires_at INTEGER, client_id TEXT,
  scopes TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE grants (
  secret TEXT PRIMARY KEY, kind TEXT NOT NULL, user_id INTEGER NOT NULL, client_id TEXT NOT NULL,
  redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL, expires_at INTEGER) WITHOUT ROWID;
CREATE TABLE projects (
  id INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER NOT NULL, title TEXT NOT NULL,
  description TEXT NOT NULL, seo_url TEXT NOT NULL, currency_id INTEGER NOT NULL,
  minimum INTEGER NOT NULL, maximum INTEGER, kind TEXT NOT NULL, language TEXT NOT NULL,
  time_submitted INTEGER NOT NULL, time_updated INTEGER NOT NULL, status TEXT NOT NULL,
  frontend_status TEXT NOT NULL, upgrades INTEGER NOT NULL, bid_period INTEGER NOT NULL,
  hours INTEGER, duration TEXT, bid_count INTEGER NOT NULL, bid_sum INTEGER NOT NULL,
  bid_avg_usd INTEGER, min_usd INTEGER NOT NULL, max_usd INTEGER, country_code TEXT NOT NULL,
  city TEXT NOT NULL, local INTEGER NOT NULL, hireme INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE project_skills (
  project_id INTEGER NOT NULL, skill_id INTEGER NOT NULL, PRIMARY KEY (project_id, skill_id)
) WITHOUT ROWID;
CREATE TABLE bids (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, bidder_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL, amount INTEGER NOT NULL, period INTEGER NOT NULL,
  milestone_percentage INTEGER NOT NULL, description TEXT NOT NULL,
  retracted INTEGER NOT NULL DEFAULT 0, award_status TEXT, complete_status TEXT,
  time_submitted INTEGER NOT NULL, time_awarded INTEGER, time_accepted INTEGER,
  highlighted INTEGER NOT NULL DEFAULT 0, sealed INTEGER NOT NULL DEFAULT 0,
  sponsored INTEGER NOT NULL DEFAULT 0, shortlisted INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0, paid INTEGER NOT NULL DEFAULT 0);
CREATE TABLE milestones (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, owner_id INTEGER NOT NULL,
  bidder_id INTEGER NOT NULL, bid_id INTEGER NOT NULL, amount INTEGER NOT NULL,
  currency_id INTEGER NOT NULL, reason TEXT NOT NULL, description TEXT NOT NULL,
  status TEXT NOT NULL, time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL);
CREATE TABLE requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, owner_id INTEGER NOT NULL,
  bidder_id INTEGER NOT NULL, bid_id INTEGER NOT NULL, amount INTEGER NOT NULL,
  currency_id INTEGER NOT NULL, description TEXT NOT NULL, status TEXT NOT NULL,
  initial INTEGER NOT NULL, time_requested INTEGER NOT NULL);
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, from_id INTEGER NOT NULL,
  to_id INTEGER NOT NULL, role TEXT NOT NULL, comment TEXT NOT NULL, rating TEXT NOT NULL,
  ratings TEXT NOT NULL, on_budget INTEGER, on_time INTEGER, bid_id INTEGER NOT NULL,
  featured INTEGER NOT NULL DEFAULT 0, time_submitted INTEGER NOT NULL,
  UNIQUE (project_id, from_id, to_id, role));
CREATE TABLE threads (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, context_type TEXT NOT NULL,
  context_id INTEGER NOT NULL, owner_id INTEGER NOT NULL, member_set TEXT NOT NULL,
  time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL,
  UNIQUE (context_type, context_id, member_set));
CREATE TABLE members (
  thread_id INTEGER NOT NULL, user_id INTEGER NOT NULL, folder TEXT NOT NULL DEFAULT 'inbox',
  read_to INTEGER NOT NULL DEFAULT 0, time_read INTEGER, unread INTEGER NOT NULL DEFAULT 0,
  muted INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (thread_id, user_id)) WITHOUT ROWID;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, thread_id INTEGER NOT NULL, from_id INTEGER NOT NULL,
  text TEXT NOT NULL, source TEXT NOT NULL, client_message_id INTEGER,
  time_created INTEGER NOT NULL);
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER NOT NULL, filename TEXT NOT NULL,
  content_type TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE time_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, bid_id INTEGER NOT NULL, time_start INTEGER NOT NULL,
  seconds INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, kind TEXT NOT NULL,
  actor_id INTEGER NOT NULL, project_id INTEGER, subject_id INTEGER NOT NULL);
CREATE TABLE plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT, due_at INTEGER NOT NULL, kind TEXT NOT NULL,
  payload TEXT NOT NULL);
CREATE VIRTUAL TABLE projects_text USING fts5 (
  title, description, content='projects', content_rowid='id', detail=column,
  tokenize='unicode61 remove_diacritics 2');
"""

INDEXES = """
CREATE INDEX user_skills_by_skill ON user_skills (skill_id, user_id);
CREATE INDEX portfolio_by_user ON portfolio (user_id, id);
CREATE INDEX projects_by_status ON projects (status, deleted, time_updated DESC, id DESC);
CREATE INDEX projects_by_update ON projects (time_updated DESC, id DESC, status, deleted);
CREATE INDEX projects_by_owner ON projects (owner_id, id);
CREATE INDEX projects_by_seo_url ON projects (seo_url);
CREATE INDEX project_skills_by_skill ON project_skills (skill_id, project_id);
CREATE UNIQUE INDEX bids_live ON bids (project_id, bidder_id) WHERE retracted = 0;
CREATE INDEX bids_by_project ON bids (project_id, id);
CREATE INDEX bids_by_bidder ON bids (bidder_id, id);
CREATE INDEX bids_by_owner ON bids (owner_id, id);
CREATE INDEX milestones_by_project ON milestones (project_id, id);
CREATE INDEX milestones_by_bid ON milestones (bid_id, id);
CREATE INDEX milestones_by_bidder ON milestones (bidder_id, id);
CREATE INDEX milestones_by_owner ON milestones (owner_id, id);
CREATE INDEX requests_by_bid ON requests (bid_id, id);
CREATE INDEX requests_by_bidder ON requests (bidder_id, id);
CREATE INDEX requests_by_owner ON requests (owner_id, id);
CREATE INDEX reviews_by_reviewed ON reviews (to_id, id);
CREATE INDEX threads_by_update ON threads (time_updated, id);
CREATE INDEX members_by_user ON members (user_id, thread_id);
CREATE INDEX messages_by_thread ON messages (thread_id, id);
CREATE INDEX messages_by_sender ON messages (from_id, client_message_id);
CREATE INDEX attachments_by_message ON attachments (message_id, id);
CREATE INDEX plans_by_time ON plans (due_at, id);
"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make all tables; rows in bulk come before the indexes."""
    connection.executescript(TABLES)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Index all tables, and the words of all projects."""
    connection.executescript(INDEXES)
    connection.execute("INSERT INTO projects_text (projects_text) VALUES ('rebuild')")
