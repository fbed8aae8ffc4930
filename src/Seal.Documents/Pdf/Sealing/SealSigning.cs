using Seal.Cryptography.Keys;

namespace Seal.Documents.Pdf;

/// <summary>With what a document is signed, the key being at hand.</summary>
public sealed record SealSigning : SealContainer
{
    /// <summary>The key; it must be the one <see cref="SealContainer.Certificate"/> certifies.</summary>
    public required ISigner Signer { get; init; }

    /// <inheritdoc/>
    public override SignatureAlgorithm Algorithm => Signer.Algorithm;
}

/// <summary>With what a document is signed, the key being on a device elsewhere.</summary>
/// <param name="Algorithm">How the key signs.</param>
public sealed record DeviceSealing(SignatureAlgorithm Algorithm) : SealContainer
{
    /// <inheritdoc/>
    public override SignatureAlgorithm Algorithm { get; } = Algorithm;
}
