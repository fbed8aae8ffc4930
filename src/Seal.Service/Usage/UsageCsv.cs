using System.Globalization;
using System.Text.Json;
using Seal.Domain.Signings;
using Seal.Service.Views;

namespace Seal.Service.Usage;

/// <summary>The usage log as comma-separated values (RFC 4180): a header line, then a line for each use, UTF-8, times in UTC.</summary>
public static class UsageCsv
{
    private const string NewLine = "\r\n";

    private static readonly (string Name, Func<View<Signing>, string?> Value)[] Columns =
    [
        ("id", use => use.Id),
        ("requestedAt", use => UsageQuery.Text(use.State.RequestedAt)),
        ("organisation", use => use.State.Organisation.Value),
        ("region", use => use.State.Region),
        ("seal", use => use.State.Seal.Value),
        ("person", use => use.State.Person.Value),
        ("outcome", use => JsonNamingPolicy.KebabCaseLower.ConvertName(use.State.Status.ToString())),
        ("code", use => use.State.Code),
        ("certificate", use => use.State.Certificate?.Value),
        ("edition", use => use.State.Edition == 0 ? "" : use.State.Edition.ToString(CultureInfo.InvariantCulture)),
        ("documentDigest", use => use.State.DocumentDigest),
        ("sealedDigest", use => use.State.SealedDigest),
        ("lastRecordedAt", use => UsageQuery.Text(use.LastRecordedAt)),
        ("lastPosition", use => use.LastPosition.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The header line.</summary>
    public static string Header { get; } = string.Join(',', Columns.Select(column => column.Name)) + NewLine;

    /// <summary>The line of one use.</summary>
    public static string Line(View<Signing> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return string.Join(',', Columns.Select(column => Field(column.Value(use) ?? ""))) + NewLine;
    }

    /// <summary>
    /// One field: quoted where RFC 4180 §2 asks for it. A value that a spreadsheet would run as a formula is led by an
    /// apostrophe, which makes it a text there.
    /// </summary>
    public static string Field(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var harmless = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{value}" : value;
        return harmless.AsSpan().ContainsAny(",\"\r\n") ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
