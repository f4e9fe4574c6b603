"""The page's tabs, in their order: each is the folder of a family, and what the tab shows is found
in that folder's `views`.
"""

TABS = ("overview", "text", "gan", "vae", "diffusion", "llm", "maths")
