using System.Formats.Asn1;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

#pragma warning disable CA1027 // consecutive numbers of the standard, with a gap at 4; not flags
/// <summary>How an OCSP responder took a question (RFC 6960 §4.2.1).</summary>
public enum OcspResponseStatus
{
    /// <summary>There is an answer.</summary>
    Successful = 0,

    /// <summary>The request is malformed.</summary>
    MalformedRequest = 1,

    /// <summary>The responder failed.</summary>
    InternalError = 2,

    /// <summary>Ask again later.</summary>
    TryLater = 3,

    /// <summary>The request must be signed.</summary>
    SigRequired = 5,

    /// <summary>The responder does not answer for this issuer.</summary>
    Unauthorized = 6,
}
#pragma warning restore CA1027

/// <summary>One certificate's state in an answer.</summary>
/// <param name="Certificate">Which.</param>
/// <param name="Finding">Good, revoked or unknown, as of <paramref name="ThisUpdate"/>.</param>
/// <param name="ThisUpdate">When this was known to be so, UTC.</param>
/// <param name="NextUpdate">When at the latest something newer is known, UTC; null if that is always to be had.</param>
public sealed record OcspSingle(OcspCertId Certificate, RevocationFinding Finding, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate);

/// <summary>An OCSP answer (RFC 6960 §4.2), read-only, kept as received; proven by nothing before <see cref="IsSignedFor"/>.</summary>
public sealed class OcspResponse
{
    private const int MaximumElements = 64;

    private readonly ReadOnlyMemory<byte> _tbs;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly SignatureScheme? _scheme;
    private readonly IReadOnlyList<Certificate> _certificates = [];

    private OcspResponse(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        var response = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Status = response.ReadEnumeratedValue<OcspResponseStatus>();
        if (Status != OcspResponseStatus.Successful)
        {
            return;
        }

        var bytes = response.ReadSequence(Der.Context0).ReadSequence();
        if (bytes.ReadObjectIdentifier() != Oids.OcspBasic)
        {
            throw new AsnContentException("Only basic responses are known.");
        }

        var basic = Der.Read(bytes.ReadOctetString()).ReadSequence();
        _tbs = basic.PeekEncodedValue();
        var data = basic.ReadSequence();
        _scheme = SignatureScheme.Read(basic.ReadEncodedValue());
        _signature = Der.ReadBits(basic);
        if (Der.TryReadExplicit(basic, Der.Context0) is { } certificates)
        {
            _certificates = [.. Elements(certificates.ReadSequence()).Select(static one => Certificate.Parse(one))];
        }

        basic.ThrowIfNotEmpty();
        if (Der.Has(data, Der.Context0))
        {
            data.ReadEncodedValue(); // version
        }

        data.ReadEncodedValue(); // responderID: only a hint at the key, and the signature is tried with all that may be it
        ProducedAt = data.ReadGeneralizedTime().ToUniversalTime();
        Statements = [.. Elements(data.ReadSequence()).Select(ReadSingle)];
        Nonce = Der.TryReadExplicit(data, Der.Context1) is { } extensions ? OcspRequest.ReadExtensions(extensions.ReadSequence()) : null;
        data.ThrowIfNotEmpty();
    }

    /// <summary>The whole answer, DER as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Whether there is an answer at all.</summary>
    public OcspResponseStatus Status { get; }

    /// <summary>When it was signed, UTC.</summary>
    public DateTimeOffset ProducedAt { get; }

    /// <summary>What it says; empty without an answer.</summary>
    public IReadOnlyList<OcspSingle> Statements { get; } = [];

    /// <summary>The request's nonce, or null.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>Reads a DER OCSPResponse.</summary>
    /// <exception cref="DerFormatException">It is none, or has a critical extension.</exception>
    public static OcspResponse Parse(ReadOnlyMemory<byte> der) => Der.Parse("OCSP answer", der, static bytes => new OcspResponse(bytes));

    /// <summary>
    /// Whether one who may answer for this issuer signed it: the issuer itself, or one whose certificate, by this issuer's key,
    /// is for signing OCSP answers, was valid when it did, and says that its own revocation need not be asked about.
    /// </summary>
    public bool IsSignedFor(Certificate issuer) => _scheme is not null && _certificates
        .Where(candidate => ProducedAt >= candidate.NotBefore && ProducedAt <= candidate.NotAfter && IsDelegate(candidate, issuer))
        .Prepend(issuer)
        .Any(signer => Signatures.Verify(_scheme, signer.SubjectPublicKeyInfo, _tbs.Span, _signature.Span));

    /// <summary>Whether a certificate is one that an issuer gave to a responder that answers for it (RFC 6960 §4.2.2.2).</summary>
    internal static bool IsDelegate(Certificate certificate, Certificate issuer) =>
        certificate.ExtendedKeyUsage?.Contains(Oids.KpOcspSigning) == true
        && (certificate.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.DigitalSignature))
        && certificate.Find(Oids.OcspNoCheck) is not null
        && certificate.Issuer.Matches(issuer.Subject)
        && certificate.IsSignedBy(issuer);

    private static OcspSingle ReadSingle(ReadOnlyMemory<byte> der)
    {
        var single = Der.Read(der).ReadSequence();
        var id = new OcspCertId(single.ReadEncodedValue());
        var finding = ReadFinding(single);
        var thisUpdate = single.ReadGeneralizedTime().ToUniversalTime();
        DateTimeOffset? nextUpdate = Der.TryReadExplicit(single, Der.Context0) is { } next ? next.ReadGeneralizedTime().ToUniversalTime() : null;
        if (Der.TryReadExplicit(single, Der.Context1) is { } extensions)
        {
            OcspRequest.ReadExtensions(extensions.ReadSequence());
        }

        single.ThrowIfNotEmpty();
        return new OcspSingle(id, finding, thisUpdate, nextUpdate);
    }

    private static RevocationFinding ReadFinding(AsnReader single)
    {
        if (!Der.Has(single, Der.Context1))
        {
            var isGood = Der.Has(single, Der.Context0);
            single.ReadNull(Der.Context(isGood ? 0 : 2, constructed: false));
            return isGood ? new RevocationFinding.Good() : new RevocationFinding.Unknown();
        }

        var revoked = single.ReadSequence(Der.Context1);
        var at = revoked.ReadGeneralizedTime().ToUniversalTime();
        var reason = Der.TryReadExplicit(revoked, Der.Context0) is { } given
            ? given.ReadEnumeratedValue<RevocationReason>()
            : RevocationReason.Unspecified;
        return new RevocationFinding.Revoked(at, reason);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Elements(AsnReader list)
    {
        for (var count = 0; list.HasData; count++)
        {
            yield return count < MaximumElements ? list.ReadEncodedValue() : throw new AsnContentException($"More than {MaximumElements} elements.");
        }
    }
}
