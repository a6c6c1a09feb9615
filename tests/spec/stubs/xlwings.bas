Attribute VB_Name = "xlwings"
Option Explicit

' Stands for xlwings' module in tests: writes down what it was asked to run.
Public Function RunPython(ByVal PythonCommand As String) As Long
    ThisWorkbook.Worksheets("About").Range("B4").Value = PythonCommand
    RunPython = 0
End Function
