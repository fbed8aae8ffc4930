using System.Formats.Asn1;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>
/// A PKCS#10 certification request (RFC 2986): a name and a public key, signed with that key, so that whoever asks shows that they
/// have it. What it asks for besides (its attributes) is left alone: the profile says what a certificate holds.
/// </summary>
public sealed class CertificationRequest
{
    private const int Version = 0; // v1, §4.1

    private CertificationRequest(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        var signed = request.PeekEncodedValue();
        var info = request.ReadSequence();
        var algorithm = request.ReadEncodedValue();
        RequirePlain(algorithm);
        var scheme = SignatureScheme.Read(algorithm);
        var signature = Der.ReadBits(request);
        request.ThrowIfNotEmpty();

        if (!info.TryReadInt32(out var version) || version != Version)
        {
            throw new AsnContentException("The version of the request is not 1.");
        }

        Subject = DistinguishedName.Parse(info.ReadEncodedValue());
        SubjectPublicKeyInfo = info.ReadEncodedValue();
        IsSigned = scheme is not null && Signatures.Verify(scheme, SubjectPublicKeyInfo, signed.Span, signature.Span);
        KeyAlgorithm = Signatures.AlgorithmOf(SubjectPublicKeyInfo);
    }

    // The signature does not cover its own algorithm: nothing may stand there but what has to (RFC 4055 §5, RFC 5758 §3.2).
    private static void RequirePlain(ReadOnlyMemory<byte> algorithm)
    {
        var identifier = Der.Read(algorithm).ReadSequence();
        if (identifier.ReadObjectIdentifier() != Oids.RsassaPss && identifier.HasData)
        {
            identifier.ReadNull();
            identifier.ThrowIfNotEmpty();
        }
    }

    /// <summary>The request as received, DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The name that is asked for.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>The public key, DER.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Whether the key that is named made the signature: the proof of possession (RFC 4211 §4.1).</summary>
    public bool IsSigned { get; }

    /// <summary>How the key signs here: ECDSA on P-256, RSA with 2048 bits (PKCS#1 1.5), SM2; <c>null</c> for any other.</summary>
    public SignatureAlgorithm? KeyAlgorithm { get; }

    /// <summary>Reads a request and checks its signature.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static CertificationRequest Parse(ReadOnlyMemory<byte> der) => Der.Parse("certification request", der, static bytes => new CertificationRequest(bytes));

    /// <summary>Makes a request, signed with its key.</summary>
    public static CertificationRequest Create(DistinguishedName subject, ISigner key) => Parse(CertificateWriter.Sign(
        Der.Encode(writer =>
        {
            using var info = writer.PushSequence();
            writer.WriteInteger(Version);
            writer.WriteEncodedValue(subject.RawData.Span);
            writer.WriteEncodedValue(key.SubjectPublicKeyInfo.Span);
            writer.PushSequence(Der.Context0).Dispose(); // no attributes: an empty SET, which may not be left out
        }),
        key));
}
