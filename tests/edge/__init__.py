"""Edge: the bytes of workbooks, profiles and registers."""
