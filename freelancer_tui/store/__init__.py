"""Store: two SQLite files an account, each table with its queries."""
