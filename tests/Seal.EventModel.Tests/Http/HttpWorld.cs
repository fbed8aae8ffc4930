using System.Globalization;
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

    /// <summary>The position in the ledger from which on nothing has been observed of what the system does by itself.</summary>
    public long Unobserved { get; set; }

    /// <summary>How many generations the authorities had before the present one, by their names: what a scenario calls 1 is the one after.</summary>
    public IReadOnlyDictionary<string, int> FormerGenerations { get; init; } = new Dictionary<string, int>();

    /// <summary>The keys on the holders' tokens.</summary>
    public Ukeys Ukeys { get; } = new();

    /// <inheritdoc/>
    public override string Token(string name) => name is "token" or "other-token" ? $"{_mark}-{name}" : name;

    /// <inheritdoc/>
    public override string Request(string name) => Ukeys.Request(name, Token(name == "of-other-token" ? "other-token" : "token"));

    /// <inheritdoc/>
    public override string Signature(string name) => Ukeys.Sign(name);

    /// <inheritdoc/>
    public override string Person(string name) => people.TryGetValue(name, out var person) ? person : AppOr(name);

    /// <inheritdoc/>
    public override string Organisation(string name) => name is "organisation" or "other-organisation" ? Own(_organisations, name, CreditCodes.Next) : name;

    /// <summary>A name that is good stays good and is nobody else's: the mark goes in front, so that names made of it have it too.</summary>
    public override string Name(string name) => name.Length == 0 || name.Trim() != name || name.Any(char.IsControl) ? name : _mark + name;

    /// <inheritdoc/>
    public override string Code(string name) => name is "code" or "other-code" ? Own(_codes, name, Company.NextCode) : name;

    /// <summary>The sealed and renewed files that were fetched, which can be done once, by their names.</summary>
    public Dictionary<string, byte[]> Fetched { get; } = new(StringComparer.Ordinal);

    /// <summary>The document that whoever gives the next command uploaded for it; <c>null</c>: the one of the whole scenario.</summary>
    public string? Paper { get; set; }

    /// <inheritdoc/>
    public override string Document(string name) =>
        name == DocumentFiles.OfAnother ? document ?? name : DocumentFiles.Named(name) is null && !SignedFiles.Names.Contains(name) ? base.Document(name) : Paper ?? document ?? base.Document(name);

    private static string Own(Dictionary<string, string> known, string name, Func<string> next) =>
        known.TryGetValue(name, out var own) ? own : known[name] = next();
}
