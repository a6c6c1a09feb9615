Attribute VB_Name = "RiskbookButtons"
Option Explicit

' What the buttons of a Riskbook workbook run: one Sub for each command, called by a button on
' a sheet, and one for the same command on the Riskbook tab.
'
' Nothing here runs by itself, and xlwings' module is in the project as a class: a function of an
' ordinary module could be called from any cell, =RunPython("..."), and no signature covers cells.
' Before anything is started, RiskbookSettings makes sure that the workbook's
' settings are the ones it was made with.

Public Sub RiskbookRefresh()
    CallPython "refresh"
End Sub

Public Sub RiskbookCheck()
    CallPython "check"
End Sub

Public Sub RiskbookNextFinding()
    CallPython "next_finding"
End Sub

Public Sub RiskbookExport()
    CallPython "export"
End Sub

Public Sub RiskbookReport()
    CallPython "report"
End Sub

Public Sub RiskbookSnapshot()
    CallPython "snapshot"
End Sub

Public Sub RiskbookNewPeriod()
    CallPython "new_period"
End Sub

Public Sub RiskbookHelp()
    CallPython "help"
End Sub

Public Sub RiskbookRefresh_onAction(control As IRibbonControl)
    CallPython "refresh"
End Sub

Public Sub RiskbookCheck_onAction(control As IRibbonControl)
    CallPython "check"
End Sub

Public Sub RiskbookNextFinding_onAction(control As IRibbonControl)
    CallPython "next_finding"
End Sub

Public Sub RiskbookExport_onAction(control As IRibbonControl)
    CallPython "export"
End Sub

Public Sub RiskbookReport_onAction(control As IRibbonControl)
    CallPython "report"
End Sub

Public Sub RiskbookSnapshot_onAction(control As IRibbonControl)
    CallPython "snapshot"
End Sub

Public Sub RiskbookNewPeriod_onAction(control As IRibbonControl)
    CallPython "new_period"
End Sub

Public Sub RiskbookHelp_onAction(control As IRibbonControl)
    CallPython "help"
End Sub

Private Sub CallPython(ByVal command As String)
    Dim complaint As String
    Dim python As New xlwings
    If Not IsCommand(command) Then Exit Sub
    complaint = SettingsComplaint()
    If complaint = "" Then
        python.RunPython "import riskbook.excel; riskbook.excel." & command & "()"
    Else
        Tell complaint
    End If
End Sub

' A button on a changed sheet could be made to call CallPython with other words than a command.
Private Function IsCommand(ByVal given As String) As Boolean
    IsCommand = Not (given Like "*[!a-z_]*")
End Function

#If Mac Then
    ' xlwings asks for this when Python has ended; its own is in a class, where nobody can call it.
    Public Sub CleanUp()
        If Application.StatusBar = "Running..." Then Application.StatusBar = False
    End Sub
#End If
