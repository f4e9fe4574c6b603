"""What takes from Chromium the functions that a browser of three years ago did not have."""

# What our scripts use and some browser got only after November 2023, with what deletes it and the
# views that use it.
GUARDED = {
    # Safari 17.4, 2024
    "checkVisibility": (
        "delete Element.prototype.checkVisibility",
        ["diffusion/digits", "gan/lab"],
    ),
    "Segmenter": ("delete Intl.Segmenter", ["diffusion/picture", "vae/emoji"]),  # Firefox 125, 2024
    # Firefox 125, 2024
    "showPopover": ("delete HTMLElement.prototype.showPopover", ["maths/entropy"]),
    # Firefox 125, 2024
    "hidePopover": ("delete HTMLElement.prototype.hidePopover", ["maths/entropy"]),
    # Safari, not yet by default
    "requestIdleCallback": ("delete window.requestIdleCallback", ["maths/entropy"]),
}
ALL = ";\n".join(script for script, _ in GUARDED.values())
