Attribute VB_Name = "RiskbookRunner"
Option Explicit

' The Riskbook tab of the add-in: each button starts riskbook outside Excel, on the workbook that
' is in front.
'
' The program stands here as a full path, in a place that only an administrator can write to.
' Nothing is read from the workbook but its name: no sheet, no settings, no folder. -I keeps
' Python from looking for modules in the folder that it starts in, in the user's own folder and
' in environment variables.

Private Const INTERPRETER_WIN As String = "C:\Program Files\riskbook\python\python.exe"
Private Const INTERPRETER_MAC As String = "/Library/Application Support/riskbook/bin/python3"

Public Sub RiskbookRefresh_onAction(control As IRibbonControl)
    Press "refresh"
End Sub

Public Sub RiskbookCheck_onAction(control As IRibbonControl)
    Press "check"
End Sub

Public Sub RiskbookNextFinding_onAction(control As IRibbonControl)
    Press "next_finding"
End Sub

Public Sub RiskbookExport_onAction(control As IRibbonControl)
    Press "export"
End Sub

Public Sub RiskbookReport_onAction(control As IRibbonControl)
    Press "report"
End Sub

Public Sub RiskbookSnapshot_onAction(control As IRibbonControl)
    Press "snapshot"
End Sub

Public Sub RiskbookNewPeriod_onAction(control As IRibbonControl)
    Press "new_period"
End Sub

Public Sub RiskbookHelp_onAction(control As IRibbonControl)
    Press "help"
End Sub

Private Sub Press(ByVal command As String)
    Dim complaint As String
    Dim starter As New RiskbookStart
    If Not IsCommand(command) Then Exit Sub
    complaint = NameComplaint()
    If complaint = "" Then complaint = starter.StartProgram(CommandLine(command, starter.WindowNumber()))
    If complaint <> "" Then Tell complaint
End Sub

' A button on somebody's sheet could be made to call Press with other words than a command.
Private Function IsCommand(ByVal given As String) As Boolean
    IsCommand = Not (given Like "*[!a-z_]*")
End Function

Private Function NameComplaint() As String
    If ActiveWorkbook Is Nothing Then
        NameComplaint = "Open a register first, and press Enable Editing where Excel asks: " & _
            "Riskbook works on the workbook in front."
    ElseIf ActiveWorkbook.Path = "" Then
        NameComplaint = "Save the workbook first: Riskbook works on a saved workbook."
    ElseIf HasOddName(BookName()) Then
        NameComplaint = "The name of this workbook or of its folder holds a character that another " & _
            "program could take for a command (one of "" % ^ | < > or the like). " & _
            "Rename it, or run: riskbook refresh FILE"
    End If
End Function

' A workbook on SharePoint or OneDrive has an address of the web for a name. riskbook never opens
' an address: it looks for the open workbook by its last part, in the Excel that pressed the button.
Private Function BookName() As String
    BookName = ActiveWorkbook.FullName
    If InStr(BookName, "://") > 0 Then BookName = ActiveWorkbook.Name
End Function

' & and ; are left alone: no command interpreter reads the line, and many folders have an &.
Private Function HasOddName(ByVal given As String) As Boolean
    Dim place As Long
    Dim odd As String
    odd = Chr$(34) & "%^|<>*?"
    For place = 1 To Len(given)
        If InStr(odd, Mid$(given, place, 1)) > 0 Then HasOddName = True
        If AscW(Mid$(given, place, 1)) >= 0 And AscW(Mid$(given, place, 1)) < 32 Then HasOddName = True
    Next place
End Function

' What RiskbookStart is told: a command line, or on a Mac the three things that its script needs.
Private Function CommandLine(ByVal command As String, ByVal window As String) As String
    #If Mac Then
        CommandLine = INTERPRETER_MAC & vbLf & command & vbLf & BookName()
    #Else
        CommandLine = Quoted(INTERPRETER_WIN) & " -I -B -m riskbook.excel " & command & _
            " --book " & Quoted(BookName()) & " --hwnd " & window
    #End If
End Function

Private Function Quoted(ByVal text As String) As String
    Quoted = Chr$(34) & text & Chr$(34)
End Function
