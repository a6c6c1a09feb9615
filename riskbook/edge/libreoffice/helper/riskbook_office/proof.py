"""How each end of the line shows the other that it knows the token, without saying it.

::

    helper   -> nonce, proof(token, "helper", nonce)
    riskbook -> proof(token, "riskbook", nonce)

An invitation may be old and its port another program's by now: that one learns nothing, and
what it asks is not done.
"""

import hmac

BYTES = 32  # of a nonce


def proof(token, side, nonce):
    """What only who knows the token can say for a side of the line."""
    return hmac.new(token.encode(), f"{side} {nonce}".encode(), "sha256").hexdigest()
