Attribute VB_Name = "RiskbookStart"
Option Explicit

' Stands for what starts a program in tests: writes down the line that it was given.
Public Function StartProgram(ByVal line As String) As String
    ThisWorkbook.Worksheets("About").Range("B4").Value = line
    StartProgram = ""
End Function

Public Function WindowNumber() As String
    WindowNumber = "42"
End Function
