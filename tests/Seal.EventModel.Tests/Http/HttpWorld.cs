using System.Globalization;
using System.Text;
using Seal.EventModel.Tests.Model;
using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>Who and what the names stand for when a scenario is played over HTTP: each scenario has a company of its own.</summary>
public sealed class HttpWorld(IReadOnlyDictionary<string, string> people, string? document) : World
{
    /// <summary>The account of each actor.</summary>
    public static IReadOnlyDictionary<string, string> Accounts { get; } = new Dictionary<string, string>
    {
        ["legal-representative"] = "zhang-wei",
        ["manager"] = "li-na",
        ["holder"] = "wang-fang",
        ["stranger"] = "zhao-lei",
        ["registry"] = "registry",
        ["reviewer"] = "reviewer",
        ["maker"] = "maker",
        ["officer"] = "officer",
        ["authority"] = "authority",
        ["auditor"] = "auditor",
        ["regulator"] = "regulator",
        ["administrator"] = "administrator",
    };

    private static int _number;
    private readonly string _mark = Interlocked.Increment(ref _number).ToString("D4", CultureInfo.InvariantCulture);
    private readonly Dictionary<string, string> _organisations = [];
    private readonly Dictionary<string, string> _codes = [];

    /// <inheritdoc/>
    public override string Person(string name) => people.GetValueOrDefault(name, name);

    /// <inheritdoc/>
    public override string Organisation(string name) => name is "organisation" or "other-organisation" ? Own(_organisations, name, CreditCodes.Next) : name;

    /// <summary>A name that is good stays good and is nobody else's: the mark goes in front, so that names made of it have it too.</summary>
    public override string Name(string name) => name.Length == 0 || name.Trim() != name || name.Any(char.IsControl) ? name : _mark + name;

    /// <inheritdoc/>
    public override string Code(string name) => name is "code" or "other-code" ? Own(_codes, name, Company.NextCode) : name;

    /// <inheritdoc/>
    public override string Document(string name) => document ?? base.Document(name);

    /// <summary>A file as its name says; <c>null</c> for one that nobody uploads.</summary>
    public static byte[]? Content(string name) => name switch
    {
        "contract.pdf" => SampleDocuments.Pdf(2),
        "picture.png" => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13],
        "truncated.pdf" => SampleDocuments.Pdf(2)[..^200],
        "encrypted.pdf" => Replace(SampleDocuments.Pdf(2), "/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) >>"),
        "damaged.pdf" => Replace(SampleDocuments.Pdf(2), "startxref\n", "startxref\n9"),
        _ => null,
    };

    private static byte[] Replace(byte[] file, string old, string now) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace(old, now, StringComparison.Ordinal));

    private static string Own(Dictionary<string, string> known, string name, Func<string> next) =>
        known.TryGetValue(name, out var own) ? own : known[name] = next();
}
