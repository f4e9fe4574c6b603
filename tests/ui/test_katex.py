"""KaTeX is where the drawings look for it, in this release of Gradio."""

from aigc_demo.ui import katex


def test_gradio_ships_katex_as_a_module_and_its_sheet():
    address = katex.address()
    assert set(address) == {"js", "css"}
    script, sheet = (
        (katex.ASSETS.parent / address[kind]).read_text(encoding="utf-8") for kind in ("js", "css")
    )
    assert "renderToString" in script
    assert "as default}" in script
    assert ".katex" in sheet
