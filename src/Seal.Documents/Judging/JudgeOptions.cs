using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>By what a document is judged.</summary>
public sealed record JudgeOptions
{
    /// <summary>The roots (or other certificates) that are trusted for signing.</summary>
    public required IReadOnlyCollection<Certificate> TrustAnchors { get; init; }

    /// <summary>The roots that are trusted for timestamps.</summary>
    public IReadOnlyCollection<Certificate> TimestampAnchors { get; init; } = [];

    /// <summary>The roots that are trusted for the makers of seals.</summary>
    public IReadOnlyCollection<Certificate> SealMakerAnchors { get; init; } = [];

    /// <summary>Certificates that may stand between a signer and a root, beside those in the signature.</summary>
    public IReadOnlyCollection<Certificate> Intermediates { get; init; } = [];

    /// <summary>What is known of revocations.</summary>
    public IRevocationEvidence Revocation { get; init; } = RevocationEvidence.None;

    /// <summary>
    /// Where revocation is fetched from when nothing at hand tells it; null fetches nothing. Only addresses in certificates
    /// below a trusted root are asked.
    /// </summary>
    public IRevocationSource? RevocationSource { get; init; }

    /// <summary>The ledger to ask; null asks none, and the ledger row says so.</summary>
    public ISealRegister? Register { get; init; }

    /// <summary>A signature without a ledger record does not pass.</summary>
    public bool RequireLedger { get; init; }

    /// <summary>What time it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What a PDF may cost.</summary>
    public PdfLimits Limits { get; init; } = PdfLimits.Default;

    /// <summary>What an OFD may cost.</summary>
    public OfdLimits OfdLimits { get; init; } = OfdLimits.Default;

    /// <summary>The file's name, for the answer.</summary>
    public string FileName { get; init; } = "";
}
