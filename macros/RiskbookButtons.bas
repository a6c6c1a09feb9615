Attribute VB_Name = "RiskbookButtons"
Option Explicit

' What the buttons of a Riskbook workbook run: one Sub for each command, called by a button on
' a sheet, and one for the same command on the Riskbook tab.
'
' Nothing here runs by itself. Before anything is started, RiskbookSettings makes sure that the
' workbook's settings are the ones it was made with.

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
    complaint = SettingsComplaint()
    If complaint = "" Then
        RunPython "import riskbook.excel; riskbook.excel." & command & "()"
    Else
        Tell complaint
    End If
End Sub
