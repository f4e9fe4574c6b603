"""Starts the app: `python app.py`, and what a Hugging Face Space runs."""

from aigc_demo.app import build_app, launch

demo = build_app()

if __name__ == "__main__":
    launch(demo)
    print(f"AIGC Demo is open at {demo.local_url}", flush=True)
    demo.block_thread()
