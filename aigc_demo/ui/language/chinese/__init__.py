"""The Chinese table, under the same keys as the English one: a module a tab or view; and the errors."""
