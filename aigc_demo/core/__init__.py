"""What every family uses: settings, errors, training, checkpoints, pictures. Knows no family and no
gradio.
"""
