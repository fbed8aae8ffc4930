using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Pdf;

/// <summary>With what a document is signed.</summary>
public sealed record SealSigning
{
    /// <summary>The key; it must be the one <see cref="Certificate"/> certifies.</summary>
    public required ISigner Signer { get; init; }

    /// <summary>The signer's certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>The certificates above it that are put into the signature; best without the root.</summary>
    public IReadOnlyList<Certificate> Chain { get; init; } = [];

    /// <summary>Further signed attributes, such as the seal receipt: object identifier and one DER value each.</summary>
    public IReadOnlyList<(string Oid, byte[] DerValue)> ExtraSignedAttributes { get; init; } = [];
}
