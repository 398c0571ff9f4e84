"""Small questions over a screen, each a modal that is typed by its result; Esc gives None."""
