"""riskbook: a council's risk register, kept in the Excel workbook that officers know."""

__version__ = "0.1.0"
