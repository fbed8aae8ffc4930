using Seal.Cryptography.Certificates;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What can be said of a signature from the file alone: neither whom to trust nor what time it is goes into it.</summary>
internal sealed record ExaminedSignature
{
    public required PdfSignature Signature { get; init; }

    public required SignatureContainer Container { get; init; }

    public required Check Coverage { get; init; }

    public required Check Changes { get; init; }

    public required IReadOnlyList<LaterChange> LaterChanges { get; init; }

    /// <summary>Null when there was nothing to compute it from.</summary>
    public required CryptographicCheck? Cryptographic { get; init; }

    /// <summary>Length in bytes of the file as it was signed; null when the signature does not cover a revision.</summary>
    public required long? SignedLength { get; init; }

    /// <summary>The signer's certificate, untrusted; null when there is none to be read.</summary>
    public Certificate? Certificate => Container.SignerCertificate;

    /// <summary>Digest and signature value are right.</summary>
    public bool Holds => Cryptographic is { Holds: true };

    public DateTimeOffset? ClaimedTime => Signature.ClaimedTime ?? Container.ClaimedTime;

    public static ExaminedSignature Of(PdfFile file, SignedBytes bytes, PdfSignature signature, CoverageCheck coverages, ChangesCheck changes)
    {
        var container = SignatureContainer.Read(signature);
        var coverage = coverages.Of(signature);
        var signed = coverage.Result == CheckResult.Passed ? signature.SignedRevision(file) : null;
        (var changed, var later) = signed is null ? (Check.NotMade(CheckName.Changes), []) : changes.Of(signature, signed);
        return new ExaminedSignature
        {
            Signature = signature,
            Container = container,
            Coverage = coverage,
            Changes = changed,
            LaterChanges = later,
            Cryptographic = signed is null ? null : CryptographicCheck.Of(bytes, signature.ByteRange!, container, signature.SubFilter),
            SignedLength = signed is null ? null : signature.ByteRange![2] + signature.ByteRange[3],
        };
    }
}
