"""English: picking a model of the Hub."""

WORDS = {
    "hub.presets": "A model of the Hugging Face Hub",
    "hub.name": "Or any other, by its name",
    "hub.name.info": "owner/name, as in its address. Only this asks the network; all else in the app works without.",
    "hub.look": "Look it up",
    "hub.download": "Download",
    "hub.nothing": "Nothing is picked yet.",
    "hub.absent": "Not on this machine. “Look it up” asks the Hub for size and licence; nothing is downloaded by that.",
    "hub.here": "On this machine: it opens without a network.",
    "hub.offered": "Not on this machine yet. Nothing is downloaded until you say so.",
    "hub.part": "A part is on this machine already. “Download” goes on from there.",
    "hub.coming": "It is coming. All else in the app goes on meanwhile.",
    "hub.licence": "Licence",
    "hub.no_licence": "none stated",
    "hub.files": "Files",
    "hub.commit": "Commit",
    "hub.progress": "{done} of {total}, {rate} MB/s",
    "hub.left": "{left} left, about {time}",
    "hub.resting": "{done} of {total} are here and stay.",
    "hub.seconds": "{count} s",
    "hub.minutes": "{count} min",
}
