"""/desk/waves: many accounts that say nearly the same."""
