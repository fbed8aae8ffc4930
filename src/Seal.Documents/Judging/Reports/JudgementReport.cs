using System.Globalization;
using System.Text;
using Seal.Documents.Impressions;

namespace Seal.Documents.Judging;

/// <summary>Answers about documents as a PDF for people: per signature its checks with their reasons, in one language.</summary>
public sealed class JudgementReport
{
    private const double ResultLeft = 130;
    private const double ReasonLeft = 190;
    private const int MostPlaces = 20;
    private const string Plain = "0 g";
    private const string Grey = "0.45 g";
    private const string Green = "0.05 0.5 0.1 rg";
    private const string Red = "0.75 0.05 0.05 rg";
    private const string Amber = "0.7 0.45 0 rg";

    private readonly ReportWords _words;
    private readonly ReportLayout _layout;

    private JudgementReport(ReportWords words, ReportLayout layout) => (_words, _layout) = (words, layout);

    /// <summary>Writes a report.</summary>
    /// <param name="documents">The answers.</param>
    /// <param name="isChinese">Chinese sentences, or English ones.</param>
    /// <param name="font">The face it is set in; characters that it lacks are shown as question marks.</param>
    /// <param name="judgedAt">When the documents were judged.</param>
    /// <param name="unreadable">Files that could not be judged, and why.</param>
    /// <returns>The PDF.</returns>
    public static byte[] Write(
        IReadOnlyList<Judgement> documents, bool isChinese, FontOutlines font, DateTimeOffset judgedAt, IReadOnlyList<(string File, Reason Problem)>? unreadable = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(font);
        ReportLayout layout = new(new ReportFont(font));
        JudgementReport report = new(isChinese ? ReportWords.Chinese : ReportWords.English, layout);
        report.Head(judgedAt);
        foreach (var document in documents)
        {
            report.Document(document);
        }

        foreach ((var name, var problem) in unreadable ?? [])
        {
            layout.Space(10);
            layout.Rule();
            layout.Text(report._words.Sentence(problem), 12, Red);
            layout.Text($"{report._words.File}: {name}", 10);
        }

        ReportFile file = new();
        var catalog = layout.Write(file);
        var title = Convert.ToHexString([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(report._words.Title)]);
        var made = string.Create(CultureInfo.InvariantCulture, $"D:{judgedAt.UtcDateTime:yyyyMMddHHmmss}Z");
        return file.Write(catalog, file.Add($"<</Title <{title}> /Producer (Seal) /CreationDate ({made})>>"));
    }

    private void Head(DateTimeOffset judgedAt)
    {
        _layout.Text(_words.Title, 20);
        _layout.Text($"{_words.JudgedAt}: {Time(judgedAt)}", 9, Grey);
    }

    private void Document(Judgement document)
    {
        _layout.Space(10);
        _layout.Rule();
        _layout.Text(Outcome(document.Verdict, document.SubIndication), 15, Colour(document.Verdict));
        _layout.Text($"{_words.File}: {document.File}", 10);
        _layout.Text(document.Digest, 8, Grey);
        if (document.Signatures.Count == 0)
        {
            _layout.Text(_words.NoSignature, 10);
        }

        foreach (var signature in document.Signatures)
        {
            Signature(signature);
        }
    }

    private void Signature(SignatureJudgement signature)
    {
        _layout.Space(12);
        _layout.Text($"{_words.Signature} {signature.Id}", 12);
        _layout.Text(Outcome(signature.Verdict, signature.SubIndication), 11, Colour(signature.Verdict));
        _layout.Space(2);
        Fact(_words.Signer, signature.Signer is { } signer ? $"{signer.Subject} ({_words.Issuer} {signer.Issuer}, {_words.SerialNumber} {signer.SerialNumber})" : _words.Unknown);
        Fact(_words.SignedAt, signature.SignedAt is { } at ? $"{Time(at)} ({_words.Of(signature.TimeSource)})" : _words.Unknown);
        if (signature.Seal is { } seal)
        {
            Fact(_words.Seal, $"{seal.Name}, {seal.Owner}, {seal.Number}; {_words.StateAtSigning} {_words.OfState(seal.StateAtSigning)}, {_words.StateToday} {_words.OfState(seal.StateToday)}");
        }
        else if (signature.SealData is { } data)
        {
            Fact(_words.Seal, $"{data.Name}, {data.SealId}; {Time(data.ValidFrom)} - {Time(data.ValidUntil)}");
        }

        if (signature.Places.Count > 0)
        {
            var more = signature.Places.Count - MostPlaces;
            Fact(_words.Places, string.Join("; ", signature.Places.Take(MostPlaces).Select(_words.Of)) + (more > 0 ? $"; … (+{more})" : ""));
        }

        _layout.Space(4);
        foreach (var check in signature.Checks)
        {
            Check(check);
        }

        if (signature.LaterChanges.Count > 0)
        {
            _layout.Space(4);
            _layout.Text(_words.LaterChanges, 10);
            foreach (var change in signature.LaterChanges)
            {
                _layout.Text(
                    $"{_words.Revision} {change.Revision}: {_words.Of(change.Kind)}, {(change.Permitted ? _words.Permitted : _words.NotPermitted)}; {string.Join("; ", change.Details)}",
                    8.5,
                    change.Permitted ? Plain : Red,
                    ReportLayout.Left + 10);
            }
        }
    }

    private void Fact(string name, string value) => _layout.Row(9.5, (ReportLayout.Left, ResultLeft, name, Grey), (ResultLeft, ReportLayout.Right, value, Plain));

    private void Check(Check check)
    {
        _layout.Row(
            9.5,
            (ReportLayout.Left, ResultLeft, _words.Of(check.Name), Plain),
            (ResultLeft, ReasonLeft, _words.Of(check.Result), check.Result switch { CheckResult.Passed => Green, CheckResult.Failed => Red, _ => Amber }),
            (ReasonLeft, ReportLayout.Right, _words.Sentence(check.Reason), Plain));
        var evidence = string.Join("; ", check.Evidence.Select(item => $"{item.Key} {item.Value}"));
        if (evidence.Length > 0)
        {
            _layout.Text(evidence, 7, Grey, ReasonLeft);
        }
    }

    private string Outcome(Verdict verdict, SubIndication? sub) => sub is { } why
        ? $"{_words.Of(verdict)} / {System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(why.ToString())}"
        : _words.Of(verdict);

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.TotalPassed => Green,
        Verdict.TotalFailed => Red,
        _ => Amber,
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
