using Seal.Cryptography.Certificates;

namespace Seal.Documents.Pdf;

/// <summary>What a verifier will need when nobody can be asked any more.</summary>
/// <param name="Certificates">The certificates of the paths, roots included.</param>
/// <param name="RevocationLists">Lists that speak for them.</param>
/// <param name="OcspAnswers">Answers that speak for them.</param>
/// <param name="Missing">Certificates below a root of which no issuer, or no revocation state, was to be had.</param>
public sealed record ValidationMaterial(
    IReadOnlyList<Certificate> Certificates,
    IReadOnlyList<Crl> RevocationLists,
    IReadOnlyList<OcspResponse> OcspAnswers,
    IReadOnlyList<Certificate> Missing);

/// <summary>Where sealing gets certificates and revocation states to put into the file.</summary>
public interface IValidationMaterialSource
{
    /// <summary>Collects what is needed to validate certificates: the paths above them and the present state of all but the roots.</summary>
    /// <param name="certificates">The certificates of a signature, those of its time stamps, and whatever lay beside them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ValidationMaterialException">The source does not answer.</exception>
    ValueTask<ValidationMaterial> CollectAsync(IReadOnlyCollection<Certificate> certificates, CancellationToken cancellation);
}

/// <summary>A revocation state, or a certificate above a signer's, could not be had.</summary>
/// <param name="message">What is missing and how to mend it, for operators.</param>
/// <param name="inner">The cause.</param>
public sealed class ValidationMaterialException(string message, Exception? inner = null) : Exception(message, inner);
