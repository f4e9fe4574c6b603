"""The English table: a module a tab or view."""
