"""How a report is shown: a terminal's text, JSON, SARIF, JUnit; each made of a report alone."""
