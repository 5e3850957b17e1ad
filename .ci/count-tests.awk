# Reads what `swift test` printed and answers "PASSED FAILED yes|no"; the last word says whether
# Swift Testing printed its summary. Test names stand in quotes, so that no name can be taken for
# a summary line; lines of single cases ("Test case …") are not counted.

# The first word is a symbol: ◇ started, ✔ passed, ━ passed with a known issue, ✘ failed.
$2 == "Test" && $3 != "run" && $3 != "case" {
    if (/ started\.$/) started++
    if (/ passed after [0-9.]+ seconds( with .*)?\.$/) passed++
    if ($1 == "✘" && / failed after [0-9.]+ seconds with .*\.$/) failed++
}
$2 == "Test" && $3 == "run" && / (passed|failed) after / { summary = 1 }

END {
    open_tests = started - passed - failed
    if (!summary && open_tests > 0) failed += open_tests
    if (!summary && failed == 0) failed = 1
    print passed + 0, failed + 0, (summary ? "yes" : "no")
}
