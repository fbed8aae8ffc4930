using Seal.Cli.Receipts;

namespace Seal.Cli.Verifying;

/// <summary>What is asked of <c>seal verify</c>.</summary>
/// <param name="Files">The documents.</param>
/// <param name="Trust">Whom to trust, and what is known of revocation.</param>
/// <param name="Receipts">Receipts to go by in the place of a ledger.</param>
/// <param name="RequireLedger">Whether a signature without a ledger record fails to pass.</param>
/// <param name="Json">Whether a machine reads the answer.</param>
/// <param name="Words">The words of the chosen language.</param>
/// <param name="Report">Where a report is written as PDF; null writes none.</param>
internal sealed record VerifyRequest(
    IReadOnlyList<string> Files,
    TrustRequest Trust,
    ReceiptRequest Receipts,
    bool RequireLedger,
    bool Json,
    Wording Words,
    string? Report);

/// <summary>Whom to trust with what, as files and folders of certificates, and what is known of revocation.</summary>
internal sealed record TrustRequest
{
    /// <summary>Trusted with everything: signing, stamping, making seals.</summary>
    public IReadOnlyList<string> Everything { get; init; } = [];

    /// <summary>Trusted with documents alone.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>Trusted with time stamps alone.</summary>
    public IReadOnlyList<string> Timestamps { get; init; } = [];

    /// <summary>Trusted with seal data alone.</summary>
    public IReadOnlyList<string> SealMakers { get; init; } = [];

    /// <summary>A folder with the folders <c>signers</c>, <c>timestamps</c> and <c>seal-makers</c>, any of which may be missing; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>Files of revocation lists.</summary>
    public IReadOnlyList<string> RevocationLists { get; init; } = [];

    /// <summary>Files of OCSP answers.</summary>
    public IReadOnlyList<string> OcspAnswers { get; init; } = [];

    /// <summary>Whether revocation that is not at hand is fetched from where the certificates say.</summary>
    public bool Fetch { get; init; }

    /// <summary>Whether any root was named at all.</summary>
    public bool IsGiven => Everything.Count + Signers.Count + Timestamps.Count + SealMakers.Count > 0 || Policy is not null;
}
