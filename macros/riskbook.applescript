-- What the Riskbook tab runs on a Mac; lies in ~/Library/Application Scripts/com.microsoft.Excel.
-- It gets three lines: the program, the command, the workbook. It does not wait for the program:
-- Excel could not answer it.
on RiskbookRun(givenLines)
	set {programPath, commandName, bookName} to paragraphs of givenLines
	set shellLine to quoted form of programPath & " -I -B -m riskbook.excel "
	set shellLine to shellLine & quoted form of commandName & " --book " & quoted form of bookName
	do shell script shellLine & " > /dev/null 2>&1 &"
	return ""
end RiskbookRun
