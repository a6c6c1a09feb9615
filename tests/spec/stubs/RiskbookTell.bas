Attribute VB_Name = "RiskbookTell"
Option Explicit

' Stands for the message box in tests: writes down what the officer would be told.
Public Sub Tell(ByVal sentence As String)
    ThisWorkbook.Worksheets("About").Range("B4").Value = "Told: " & sentence
End Sub
