"""Where riskbook meets files and third-party packages: each package has one home here."""
