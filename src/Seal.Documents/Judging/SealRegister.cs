using System.Text.Json.Serialization;
using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Judging;

/// <summary>
/// What knows of sealings: the ledger, or a remote one. It does not throw when it cannot be reached but answers
/// <see cref="RegisterAnswer.Unreachable"/>.
/// </summary>
public interface ISealRegister
{
    /// <summary>What is recorded of a signature whose digest and value have been verified.</summary>
    /// <param name="signature">The signature by its facts.</param>
    /// <param name="cancellation">Stops the asking.</param>
    ValueTask<RegisterFinding> FindAsync(SignatureFacts signature, CancellationToken cancellation);
}

/// <summary>A verified signature as a register is asked about it.</summary>
public sealed record SignatureFacts
{
    /// <summary>The receipt in the signed attributes; null when there is none.</summary>
    public required SealReceipt? Receipt { get; init; }

    /// <summary>How <see cref="SignedBytesDigest"/> was computed: the signature's own digest algorithm.</summary>
    public required DigestAlgorithm DigestAlgorithm { get; init; }

    /// <summary>Digest of the bytes this signature covers: those of its revision, whatever came later.</summary>
    public required ReadOnlyMemory<byte> SignedBytesDigest { get; init; }

    /// <summary>SHA-256 of the signature container, padding left out.</summary>
    public required ReadOnlyMemory<byte> ContainerDigest { get; init; }

    /// <summary>Serial number of the signer's certificate, lower-case hexadecimal digits.</summary>
    public required string SignerSerialNumber { get; init; }

    /// <summary>SHA-256 of the signer's certificate, lower-case hexadecimal digits.</summary>
    public required string SignerThumbprint { get; init; }

    /// <summary>The time of signing as the signer claims it.</summary>
    public required DateTimeOffset? ClaimedTime { get; init; }
}

/// <summary>Whether a register had an answer.</summary>
[JsonConverter(typeof(KebabCase<RegisterAnswer>))]
public enum RegisterAnswer
{
    /// <summary>The signing is not recorded there.</summary>
    Unknown,

    /// <summary>It is recorded; the other properties say what.</summary>
    Known,

    /// <summary>The register could not be asked.</summary>
    Unreachable,
}

/// <summary>What a register answers.</summary>
public sealed record RegisterFinding
{
    /// <summary>Nothing is recorded.</summary>
    public static RegisterFinding NotRecorded { get; } = new() { Answer = RegisterAnswer.Unknown };

    /// <summary>The register could not be asked.</summary>
    public static RegisterFinding NotReachable { get; } = new() { Answer = RegisterAnswer.Unreachable };

    /// <summary>Whether there is an answer at all.</summary>
    public required RegisterAnswer Answer { get; init; }

    /// <summary>Seal, holding and certificate were active and the holder was authorised when it was signed.</summary>
    public bool InOrder { get; init; }

    /// <summary>What was not in order, or why there is no answer; empty when there is nothing to say.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>The seal.</summary>
    public SealFacts? Seal { get; init; }

    /// <summary>The signing's position in the ledger.</summary>
    public long? Position { get; init; }

    /// <summary>When the ledger recorded the signing, UTC: a proof that the signature existed then.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The digest recorded is the one asked about; null when none was recorded, because the signing was refused or never ended.</summary>
    public bool? RecordedDigestMatches { get; init; }

    /// <summary>The record is included in a signed checkpoint; null when that was not checked.</summary>
    public bool? InclusionProofHolds { get; init; }

    /// <summary>Who cosigned that checkpoint, independent of the ledger's operator: names, each with the time; empty where nobody was asked for.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];

    /// <summary>The seal data in force at signing were verified and list the signer; null when that was not checked.</summary>
    public bool? SealDataHolds { get; init; }
}

/// <summary>A seal as the ledger knows it.</summary>
/// <param name="Number">Its official number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The organisation or person it belongs to.</param>
/// <param name="StateAtSigning">Its state when this was signed.</param>
/// <param name="StateToday">Its state now; it changes nothing in the verdict.</param>
/// <param name="Position">Position of the signing in the ledger.</param>
public sealed record SealFacts(string Number, string Name, string Owner, string StateAtSigning, string StateToday, long? Position);
