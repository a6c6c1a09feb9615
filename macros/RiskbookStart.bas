Attribute VB_Name = "RiskbookStart"
Option Explicit

' The one place from which the add-in starts a program.
'
' On Windows the Run method of WScript.Shell: it starts the program itself and no cmd.exe, and
' while it waits Excel still answers, as it must, because the program writes into the workbook.
' (Exec would give the program's messages back, but Excel does not answer while it reads them.)
' On a Mac, Excel may start nothing but a script in the user's folder of application scripts,
' so riskbook.applescript stands there; it does not wait, for the same reason.

Public Function StartProgram(ByVal line As String) As String
    Const HIDDEN As Long = 0
    Dim code As Long
    On Error GoTo failed
    #If Mac Then
        Dim answer As String
        answer = AppleScriptTask("riskbook.applescript", "RiskbookRun", line)
    #Else
        Dim shell As Object
        Set shell = CreateObject("WScript.Shell")
        code = shell.Run(line, HIDDEN, True)
    #End If
    If code <> 0 Then StartProgram = "Riskbook could not finish. To see why, run: riskbook doctor"
    Exit Function
failed:
    StartProgram = "Riskbook could not be started from Excel. To see why, run: riskbook doctor. " & _
        "Until then, run: riskbook refresh --live"
End Function

' Which Excel it is, where several are open.
Public Function WindowNumber() As String
    WindowNumber = CStr(Application.Hwnd)
End Function
