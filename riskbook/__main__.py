"""``python -m riskbook`` is the command ``riskbook``."""

import sys

if __name__ == "__main__":
    # Python begins its search in the folder that it is run in, where anybody may have put modules
    if not sys.flags.safe_path:
        del sys.path[0]
    from riskbook.cli import cli

    cli(prog_name="riskbook")
