"""A repair of the script that builds Gradio's page: for each component it looks through all events
for those that start there.

With 884 components and 318 events that takes more than a second of a laptop's core. The repaired
script looks through them once. Where Gradio changes that function, the script is served as it is.
"""

SLOW = (
    b"find_attached_events(e,t){let n=t.filter(t=>t.targets.find(([t])=>t===e.id))"
    b".map(t=>{let n=t.targets.find(([t])=>t===e.id);return n?n[1]:null}).filter(Boolean);"
)
FAST = (
    b"find_attached_events(e,t){if(this.eventsOf!==t){this.eventsOf=t;this.eventsBy=new Map;"
    b"for(let{targets:r}of t)for(let[i,n]of r)this.eventsBy.set(i,[...this.eventsBy.get(i)??[],n])}"
    b"let n=this.eventsBy.get(e.id)??[];"
)


def is_repaired(path: str) -> bool:
    """Whether the script at `path` may hold that function."""
    return path.startswith("/assets/core-") and path.endswith(".js")


def repair(script: bytes) -> bytes:
    """Return `script` with the function replaced, where it is there."""
    return script.replace(SLOW, FAST, 1)
