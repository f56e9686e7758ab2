"""Face one: a class and its teacher. day > guidance > plans > evidence > curriculum."""
