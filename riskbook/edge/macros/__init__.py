"""The buttons of a workbook and of the add-in, built from the text in ``macros/``.

::

    macros/*.bas, ribbon.xml  ->  sources   text, checked and given its interpreters
    xlwings' own module       ->  sources   from the installed package, with its notice
                                  project   .bas text -> vbaProject.bin
                                  ribbon    the tab, as a part of a workbook
                                  addin     riskbook.xlam

Nothing here runs a macro; what a button would run is :mod:`riskbook.edge.macros.lines`.
"""
