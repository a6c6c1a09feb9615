Attribute VB_Name = "RiskbookTell"
Option Explicit

' The one place from which the macros speak to the officer.

Public Sub Tell(ByVal sentence As String)
    MsgBox sentence, vbExclamation, "Riskbook"
End Sub
