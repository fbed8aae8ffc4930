using System.Globalization;
using Seal.Documents.Judging;
using Spectre.Console;

namespace Seal.Cli.Verifying;

/// <summary>Tells the answers to a person, in colour on a terminal and as plain lines everywhere else.</summary>
internal sealed class Report : IDisposable
{
    // Wide enough that a pipe gets every sentence on one line.
    private const int PlainWidth = 240;

    private readonly Wording _words;
    private readonly bool _trustGiven;
    private readonly bool _plain;
    private readonly StringWriter _lines = new();
    private readonly IAnsiConsole _console;

    public Report(Wording words, bool trustGiven)
    {
        _words = words;
        _trustGiven = trustGiven;
        _plain = Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = _plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_plain ? _lines : Console.Out),
        });
        if (_plain)
        {
            _console.Profile.Width = PlainWidth;
        }
    }

    public void Write(IReadOnlyList<FileAnswer> answers)
    {
        WriteAll(answers);

        // Tables fill their lines up with blanks, which nobody wants in a pipe.
        foreach (var line in _lines.ToString().TrimEnd().Split(_lines.NewLine).Where(_ => _plain))
        {
            Console.Out.WriteLine(line.TrimEnd());
        }
    }

    private void WriteAll(IReadOnlyList<FileAnswer> answers)
    {
        foreach (var answer in answers)
        {
            Write(answer);
        }

        if (answers.Any(answer => answer.Judgement?.Signatures.Count > 0) && !_trustGiven)
        {
            Line(_words.NoTrust, "grey");
            _console.WriteLine();
        }

        if (answers.Count > 1)
        {
            WriteSummary(answers);
        }
    }

    private void Write(FileAnswer answer)
    {
        if (answer.Judgement is not { } judgement)
        {
            Line($"{PlainText.Of(answer.File)}  {_words.Unreadable}", "bold red");
            Line($"  {_words.Sentence(answer.Problem!)} ({answer.Problem!.Code})", "default");
            _console.WriteLine();
            return;
        }

        Line($"{PlainText.Of(answer.File)}  {VerdictOf(judgement.Verdict, judgement.SubIndication)}", $"bold {ColourOf(judgement.Verdict)}");
        Line(judgement.Digest, "grey");
        if (judgement.Signatures.Count == 0)
        {
            Line(_words.NoSignature, "default");
        }

        for (var i = 0; i < judgement.Signatures.Count; i++)
        {
            _console.WriteLine();
            Write(judgement.Signatures[i], string.Create(CultureInfo.InvariantCulture, $"{i + 1}/{judgement.Signatures.Count}"));
        }

        _console.WriteLine();
    }

    private void Write(SignatureJudgement signature, string number)
    {
        Line($"{_words.Signature} {number}  {PlainText.Of(signature.Id)}  {VerdictOf(signature.Verdict, signature.SubIndication)}", $"bold {ColourOf(signature.Verdict)}");
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        AddRow(facts, _words.Signer, signature.Signer?.Subject ?? _words.Unknown);
        AddRow(facts, _words.Time, signature.SignedAt is { } at
            ? $"{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC ({_words.Name(signature.TimeSource)})"
            : _words.Unknown);
        AddRow(facts, _words.Seal, signature.Seal is { } seal ? _words.Tell(seal) : signature.SealData is { } data ? _words.Tell(data) : _words.Unknown);
        if (signature.Places.Count > 0)
        {
            AddRow(facts, _words.Place, string.Join("; ", signature.Places.Select(_words.Tell)));
        }

        foreach (var change in signature.LaterChanges)
        {
            AddRow(facts, _words.LaterChanges, string.Join("  ", change.Details.Prepend(_words.Change(change))));
        }

        _console.Write(facts);
        var checks = new Table().Border(TableBorder.None).HideHeaders()
            .AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var check in signature.Checks)
        {
            checks.AddRow(MarkOf(check.Result), new Text(_words.Name(check.Name)), new Text(_words.Sentence(check.Reason)));
        }

        _console.Write(new Padder(checks).Padding(2, 0, 0, 0));
    }

    private void WriteSummary(IReadOnlyList<FileAnswer> answers)
    {
        var summary = new Table().Border(_plain ? TableBorder.None : TableBorder.Rounded).AddColumn(_words.File).AddColumn(_words.VerdictTitle);
        foreach (var answer in answers)
        {
            (var text, var colour) = answer.Judgement is { } judgement
                ? (VerdictOf(judgement.Verdict, judgement.SubIndication), ColourOf(judgement.Verdict))
                : ($"{_words.Unreadable} {answer.Problem!.Code}", "red");
            summary.AddRow(new Text(PlainText.Of(answer.File)), new Text(text, Style.Parse(colour)));
        }

        _console.Write(summary);
    }

    public void Dispose() => _lines.Dispose();

    private void Line(string text, string style)
    {
        _console.Write(new Text(text, Style.Parse(style)));
        _console.WriteLine();
    }

    private static void AddRow(Grid grid, string name, string value) => grid.AddRow(new Text(name, Style.Parse("grey")), new Text(PlainText.Of(value)));

    private string VerdictOf(Verdict verdict, SubIndication? sub) =>
        sub is null ? _words.Name(verdict) : $"{_words.Name(verdict)} / {System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(sub.Value.ToString())}";

    private static string ColourOf(Verdict verdict) => verdict switch
    {
        Verdict.TotalPassed => "green",
        Verdict.TotalFailed => "red",
        _ => "yellow",
    };

    private static Text MarkOf(CheckResult result) => result switch
    {
        CheckResult.Passed => new Text("✓", Style.Parse("green")),
        CheckResult.Failed => new Text("✗", Style.Parse("red")),
        _ => new Text("?", Style.Parse("yellow")),
    };
}
