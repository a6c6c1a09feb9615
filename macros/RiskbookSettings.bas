Attribute VB_Name = "RiskbookSettings"
Option Explicit

' Whether the settings of this workbook are the ones it was made with.
'
' xlwings takes the program that it starts, and where Python looks for modules, from the sheet
' xlwings.conf; for a key that is not there it goes on to a file beside the workbook and to one
' in the user's home. A signature covers macros and no sheet. So every key that xlwings reads
' has to stand on the sheet, in this order, with the value below, or nothing is started.

Private Const SETTINGS_SHEET As String = "xlwings.conf"
Private Const INTERPRETER_WIN As String = "C:\Program Files\riskbook\python\python.exe"
Private Const INTERPRETER_MAC As String = "/Library/Application Support/riskbook/bin/python3"
Private Const CHANGED As String = "The settings inside this workbook are not the ones it was made with, " & _
    "so its buttons start nothing. Copy the entries into a new workbook, or run: riskbook refresh FILE"

Public Function SettingsComplaint() As String
    If ThisWorkbook.Path = "" Then
        SettingsComplaint = "Save the workbook first: Riskbook works on a saved workbook."
    ElseIf HasOddName(ThisWorkbook.FullName) Then
        SettingsComplaint = "The name of this workbook or of its folder holds a character that another " & _
            "program could take for a command (one of "" ; % ^ & | < > $ ` or the like). " & _
            "Rename it, or run: riskbook refresh FILE"
    ElseIf HoldsCode() Or Not SettingsAreOurs() Then
        SettingsComplaint = CHANGED
    End If
End Function

' xlwings hands the name to a command line, and takes ; in it for the end of a folder.
Private Function HasOddName(ByVal given As String) As Boolean
    Dim place As Long
    Dim odd As String
    odd = Chr$(34) & ";%^&|<>$`*?"
    #If Mac Then
        odd = odd & "\!"
    #End If
    If InStr(given, "://") > 0 Then given = Replace(given, "%20", " ")
    For place = 1 To Len(given)
        If InStr(odd, Mid$(given, place, 1)) > 0 Then HasOddName = True
        If AscW(Mid$(given, place, 1)) >= 0 And AscW(Mid$(given, place, 1)) < 32 Then HasOddName = True
    Next place
End Function

' A sheet of this name makes xlwings run the code that stands on it.
Private Function HoldsCode() As Boolean
    Dim sheet As Worksheet
    For Each sheet In ThisWorkbook.Worksheets
        If LCase$(Right$(sheet.Name, 3)) = ".py" Then HoldsCode = True
    Next sheet
End Function

Private Function SettingsAreOurs() As Boolean
    Dim sheet As Worksheet
    Dim found As Worksheet
    Dim wanted As Variant
    Dim place As Long
    For Each sheet In ThisWorkbook.Worksheets
        If LCase$(sheet.Name) = SETTINGS_SHEET Then Set found = sheet
    Next sheet
    If found Is Nothing Then Exit Function
    wanted = WantedSettings()
    For place = LBound(wanted) To UBound(wanted)
        If Not Holds(found.Cells(place \ 2 + 1, place Mod 2 + 1), wanted(place)) Then Exit Function
    Next place
    SettingsAreOurs = Holds(found.Cells((UBound(wanted) + 1) \ 2 + 1, 1), "")
End Function

' A formula may show one thing now and another a moment later, and what xlwings takes for the
' end of the list is the last row before one that is hidden.
Private Function Holds(ByVal cell As Range, ByVal wanted As String) As Boolean
    If cell.HasFormula Then Exit Function
    If cell.EntireRow.Hidden Or cell.EntireColumn.Hidden Or cell.MergeCells Then Exit Function
    If IsError(cell.Value) Then Exit Function
    Holds = (CStr(cell.Value) = wanted)
End Function

' Every key that xlwings' module reads, each followed by its value.
Private Function WantedSettings() As Variant
    WantedSettings = Array("INTERPRETER_WIN", INTERPRETER_WIN, "INTERPRETER_MAC", INTERPRETER_MAC, _
        "INTERPRETER", "", "PYTHONPATH", "", "ADD_WORKBOOK_TO_PYTHONPATH", "False", _
        "CONDA PATH", "", "CONDA ENV", "", "UDF MODULES", "", "DEBUG UDFS", "False", _
        "USE UDF SERVER", "False", "SHOW CONSOLE", "False", "SHOW_ERROR_POPUPS", "True", _
        "TEMP DIR", "%TEMP%", "LICENSE_KEY", "", _
        "ONEDRIVE_CONSUMER_WIN", "", "ONEDRIVE_COMMERCIAL_WIN", "", "SHAREPOINT_WIN", "", _
        "ONEDRIVE_CONSUMER_MAC", "", "ONEDRIVE_COMMERCIAL_MAC", "", "SHAREPOINT_MAC", "")
End Function
