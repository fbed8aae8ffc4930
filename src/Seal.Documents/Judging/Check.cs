using System.Text.Json.Serialization;

namespace Seal.Documents.Judging;

/// <summary>The checks of one signature, in the order in which they are made.</summary>
[JsonConverter(typeof(KebabCase<CheckName>))]
public enum CheckName
{
    /// <summary>The signature container parses and is of a known kind.</summary>
    Structure,

    /// <summary>The signed range is a whole saved revision but for the signature itself.</summary>
    Coverage,

    /// <summary>What was changed after signing is permitted.</summary>
    Changes,

    /// <summary>The signed bytes have the digest that was signed.</summary>
    Digest,

    /// <summary>The signer's key made the signature value.</summary>
    SignatureValue,

    /// <summary>The signer's certificate chains to a trusted root and was good when it signed.</summary>
    Certificate,

    /// <summary>The seal data are genuine and the signer is in their list.</summary>
    SealData,

    /// <summary>When it was signed, and who says so.</summary>
    Time,

    /// <summary>What the ledger says of the seal, the holding and the certificate when it was signed.</summary>
    Ledger,
}

/// <summary>The result of one check.</summary>
[JsonConverter(typeof(KebabCase<CheckResult>))]
public enum CheckResult
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>It cannot be told.</summary>
    Unknown,
}

/// <summary>Why a check came out as it did: a stable code, and a sentence in each language.</summary>
/// <param name="Code">Stable, kebab case; public API.</param>
/// <param name="Zh">The sentence in Chinese.</param>
/// <param name="En">The sentence in English.</param>
public sealed record Reason(string Code, string Zh, string En);

/// <summary>One row of the answer.</summary>
/// <param name="Name">Which check.</param>
/// <param name="Result">How it came out.</param>
/// <param name="Reason">Why.</param>
/// <param name="Evidence">What it was decided from, by name.</param>
public sealed record Check(
    [property: JsonPropertyName("check")] CheckName Name,
    CheckResult Result,
    Reason Reason,
    IReadOnlyDictionary<string, string> Evidence)
{
    internal static Check Passed(CheckName name, string code, params (string, string)[] evidence) => Of(name, CheckResult.Passed, code, evidence);

    internal static Check Failed(CheckName name, string code, params (string, string)[] evidence) => Of(name, CheckResult.Failed, code, evidence);

    internal static Check Unknown(CheckName name, string code, params (string, string)[] evidence) => Of(name, CheckResult.Unknown, code, evidence);

    /// <summary>Not made, because an earlier check did not pass.</summary>
    internal static Check NotMade(CheckName name) => Unknown(name, "not-checked");

    private static Check Of(CheckName name, CheckResult result, string code, (string Name, string Value)[] evidence) =>
        new(name, result, ReasonText.Of(code), new SortedDictionary<string, string>(evidence.DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Value), StringComparer.Ordinal));
}
