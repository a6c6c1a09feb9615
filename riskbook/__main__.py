"""``python -m riskbook`` is the command ``riskbook``."""

from riskbook.cli import cli

if __name__ == "__main__":
    cli(prog_name="riskbook")
