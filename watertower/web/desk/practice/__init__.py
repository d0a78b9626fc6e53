"""Pages to practise on."""
