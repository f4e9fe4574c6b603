"""The language models tab's views, a module each: `build()` draws one, `opening()` makes the result with which it opens."""
