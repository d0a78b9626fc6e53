"""Steps for the rooms above: things done inside their transactions or before them."""
