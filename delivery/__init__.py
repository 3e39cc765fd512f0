"""How a change gets there: the ``gw`` command and the steps behind it."""
