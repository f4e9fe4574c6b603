"""Starts the app: `python app.py`, and what a Hugging Face Space runs."""

import gc
import sys

# nothing that is made until the page is served is ever thrown away: to look for such things cost a
# fifth of the start
gc.disable()

from aigc_demo.core import precompute  # noqa: E402
from aigc_demo.core.errors import DemoError  # noqa: E402

try:
    if __name__ == "__main__":
        precompute.start("aigc_demo.overview.thumbnails")
    from aigc_demo.app import build_app, serve

    demo = build_app()
except DemoError as error:  # a setting that is not allowed
    print(error, file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    serve(demo)
