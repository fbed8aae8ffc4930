using Seal.Cryptography.Certificates;

namespace Seal.Tokens;

/// <summary>Whether a certificate is for the key that it is to lie beside: software that reads the device takes it for granted.</summary>
internal static class CertificateFit
{
    /// <summary>Goes on only if the certificate is for the key; where there is none yet, any will do.</summary>
    /// <param name="device">The device, for messages.</param>
    /// <param name="label">The label of the key pair.</param>
    /// <param name="subjectPublicKeyInfo">The public key, DER; empty where there is none.</param>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="InvalidOperationException">It is for another key.</exception>
    public static void Require(IHolderDevice device, string label, ReadOnlyMemory<byte> subjectPublicKeyInfo, Certificate certificate)
    {
        if (!subjectPublicKeyInfo.IsEmpty && !subjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            throw Refusal(device, label, certificate);
        }
    }

    /// <summary>Goes on only if the certificate is for the SM2 key with a point, uncompressed as at the end of its SubjectPublicKeyInfo.</summary>
    /// <exception cref="InvalidOperationException">It is for another key.</exception>
    public static void RequirePoint(IHolderDevice device, string label, ReadOnlySpan<byte> point, Certificate certificate)
    {
        if (!certificate.SubjectPublicKeyInfo.Span.EndsWith(point))
        {
            throw Refusal(device, label, certificate);
        }
    }

    private static InvalidOperationException Refusal(IHolderDevice device, string label, Certificate certificate) =>
        new($"{device}: the certificate {Convert.ToHexStringLower(certificate.SerialNumber.Span)} is for another key than the one of '{label}'; it was not written.");
}
