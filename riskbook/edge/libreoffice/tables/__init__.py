"""Tables over LibreOffice's database ranges."""
