"""The script in the profile of a LibreOffice that riskbook starts for itself."""


def serve(*event):
    """Answer the riskbook process that started this LibreOffice."""
    from riskbook_office import outside

    outside.serve(XSCRIPTCONTEXT.getComponentContext())  # noqa: F821 - LibreOffice defines it


g_exportedScripts = (serve,)  # noqa: N816 - LibreOffice's name
