namespace Seal.Documents.Judging;

/// <summary>Digest and signature value of one signature.</summary>
/// <param name="Digest">The digest check's row.</param>
/// <param name="Value">The signature value check's row.</param>
/// <param name="SignedBytesDigest">The digest of the signed bytes; empty when its algorithm is not accepted.</param>
internal sealed record CryptographicCheck(Check Digest, Check Value, ReadOnlyMemory<byte> SignedBytesDigest)
{
    public bool Holds => Digest.Result == CheckResult.Passed && Value.Result == CheckResult.Passed;

    /// <summary>Checks what the container is over; null when there is nothing in it to check.</summary>
    /// <param name="bytes">Of the file.</param>
    /// <param name="range">The signature's, which covers a whole revision.</param>
    /// <param name="container">What the signature consists of.</param>
    /// <param name="subFilter">What the signature dictionary calls it.</param>
    public static CryptographicCheck? Of(SignedBytes bytes, IReadOnlyList<long> range, SignatureContainer container, string? subFilter) => container switch
    {
        { Ses: { } ses } => SesValueCheck.Of(bytes, range, ses, container.SignerCertificate!),
        { Bare: { } bare } => WeakCheck.OfBare(bytes, range, bare, container.SignerCertificate),
        { Timestamp: { } token, Signer: { } signer } => CmsCheck.OfTimestamp(bytes, range, token, container.Content!, signer),
        { Content: { } content, Signer: { } signer } when container.EnclosesSha1 => WeakCheck.OfEnclosed(bytes, range, content, signer),
        { Content: { } content, Signer: { } signer } => CmsCheck.Of(bytes, range, content, signer, subFilter),
        _ => null,
    };
}
