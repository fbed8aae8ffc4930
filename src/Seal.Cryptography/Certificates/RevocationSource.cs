namespace Seal.Cryptography.Certificates;

/// <summary>Revocation lists and OCSP answers from outside, as received: their signatures prove them, or nothing does.</summary>
/// <param name="Lists">CertificateList, DER.</param>
/// <param name="Answers">OCSPResponse, DER.</param>
public sealed record FetchedRevocation(IReadOnlyList<ReadOnlyMemory<byte>> Lists, IReadOnlyList<ReadOnlyMemory<byte>> Answers)
{
    /// <summary>Nothing was to be had.</summary>
    public static FetchedRevocation Nothing { get; } = new([], []);
}

/// <summary>Where revocation can be asked for while a document is judged.</summary>
public interface IRevocationSource
{
    /// <summary>What is to be had about one certificate now; nothing when it cannot be reached. Does not throw but for cancellation.</summary>
    /// <param name="certificate">The certificate in question; a path leads from it to a trusted root.</param>
    /// <param name="issuer">Its issuer in that path.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<FetchedRevocation> FetchAsync(Certificate certificate, Certificate issuer, CancellationToken cancellation);
}
