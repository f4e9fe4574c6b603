"""Starts the app: `python app.py`, and what a Hugging Face Space runs."""

import sys

from aigc_demo.app import build_app, launch
from aigc_demo.errors import DemoError

try:
    demo = build_app()
except DemoError as error:  # a setting that is not allowed
    print(error, file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    launch(demo)
    print(f"AIGC Demo is open at {demo.local_url}", flush=True)
    demo.block_thread()
