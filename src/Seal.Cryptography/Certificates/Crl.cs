using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>A certificate revocation list (RFC 5280 §5), read-only, kept as received.</summary>
public sealed class Crl
{
    private readonly ReadOnlyMemory<byte> _tbs;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly SignatureScheme? _scheme;
    private readonly Dictionary<string, CrlEntry> _entries;

    private Crl(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        _tbs = list.PeekEncodedValue();
        var body = list.ReadSequence();
        var outerAlgorithm = list.ReadEncodedValue();
        _signature = Der.ReadBits(list);
        list.ThrowIfNotEmpty();

        if (Der.Has(body, Asn1Tag.Integer))
        {
            body.ReadIntegerBytes(); // version
        }

        var innerAlgorithm = body.ReadEncodedValue();
        if (!innerAlgorithm.Span.SequenceEqual(outerAlgorithm.Span))
        {
            throw new AsnContentException("The two signature algorithms of the list differ.");
        }

        _scheme = SignatureScheme.Read(innerAlgorithm);
        Issuer = DistinguishedName.Parse(body.ReadEncodedValue());
        ThisUpdate = Der.ReadTime(body);
        NextUpdate = Der.Has(body, Asn1Tag.UtcTime) || Der.Has(body, Asn1Tag.GeneralizedTime) ? Der.ReadTime(body) : null;
        (_entries, var entriesUnderstood) = Der.Has(body, Asn1Tag.Sequence)
            ? ReadEntries(body.ReadSequence())
            : (new Dictionary<string, CrlEntry>(), true);
        var extensions = Der.TryReadExplicit(body, Der.Context0) is { } tagged
            ? ExtensionReader.ReadAll(tagged.ReadSequence())
            : [];
        body.ThrowIfNotEmpty();

        foreach (var extension in extensions)
        {
            switch (extension.Oid)
            {
                case Oids.CrlNumber:
                    Number = Der.Read(extension.Value).ReadInteger();
                    break;
                case Oids.ExpiredCertsOnCrl:
                    KeepsExpiredSince = Der.ReadTime(Der.Read(extension.Value));
                    break;
                case Oids.AuthorityKeyIdentifier:
                    AuthorityKeyIdentifier = ExtensionReader.AuthorityKeyIdentifier(extension.Value);
                    break;
                case Oids.DeltaCrlIndicator:
                    BaseNumber = Der.Read(extension.Value).ReadInteger();
                    break;
                case Oids.FreshestCrl:
                    FreshestUrls = ExtensionReader.CrlDistributionPoints(extension.Value);
                    break;
                case Oids.IssuingDistributionPoint:
                    Scope = CrlScope.Read(extension.Value);
                    break;
            }
        }

        IsUnderstood = entriesUnderstood && extensions.All(static extension => !extension.Critical
            || extension.Oid is Oids.CrlNumber or Oids.AuthorityKeyIdentifier or Oids.IssuingDistributionPoint or Oids.DeltaCrlIndicator);
    }

    /// <summary>The whole list, DER as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Whose certificates it revokes.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one comes at the latest, UTC; null if the list does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>The list's number, or null.</summary>
    public BigInteger? Number { get; }

    /// <summary>Of a delta list (§5.2.4), the number of the complete list since which it tells the changes; null for a complete list.</summary>
    public BigInteger? BaseNumber { get; }

    /// <summary>Where a complete list says its deltas are published (§5.2.6).</summary>
    public IReadOnlyList<string> FreshestUrls { get; } = [];

    /// <summary>Certificates that expired at this time (UTC) or later stay on it (expiredCertsOnCRL of ITU-T X.509); null: entries go with the certificate's end.</summary>
    public DateTimeOffset? KeepsExpiredSince { get; }

    /// <summary>Identifier of the key that signed it, or null.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; }

    /// <summary>Everything revoked.</summary>
    public IReadOnlyCollection<CrlEntry> Entries => _entries.Values;

    /// <summary>
    /// False if it has critical extensions that are not understood here (indirect lists): it
    /// must then not be used to call a certificate good.
    /// </summary>
    public bool IsUnderstood { get; }

    /// <summary>The part of the issuer's certificates it speaks for; null is all of them.</summary>
    internal CrlScope? Scope { get; }

    /// <summary>Reads a DER CertificateList.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static Crl Parse(ReadOnlyMemory<byte> der) =>
        Der.Parse("certificate revocation list", der, static bytes => new Crl(bytes));

    /// <summary>
    /// Whether a delta may be laid over this complete list (§5.2.4): of the same issuer, key and scope, begun at this list or before it, and
    /// made after it.
    /// </summary>
    public bool IsContinuedBy(Crl delta) =>
        BaseNumber is null && Number is { } number && delta.BaseNumber <= number && delta.Number > number
        && delta.Issuer.Matches(Issuer)
        && (delta.AuthorityKeyIdentifier is { } theirs && AuthorityKeyIdentifier is { } ours ? theirs.Span.SequenceEqual(ours.Span) : delta.AuthorityKeyIdentifier is null && AuthorityKeyIdentifier is null)
        && CrlScope.AreSame(Scope, delta.Scope);

    /// <summary>The entry of a certificate of this list's issuer, or null if it is not on the list.</summary>
    public CrlEntry? Find(Certificate certificate) =>
        _entries.GetValueOrDefault(Key(certificate.SerialNumber.Span));

    /// <summary>Whether the issuer's key made this list's signature.</summary>
    public bool IsSignedBy(Certificate issuer) =>
        _scheme is not null && Signatures.Verify(_scheme, issuer.SubjectPublicKeyInfo, _tbs.Span, _signature.Span);

    private static (Dictionary<string, CrlEntry> Entries, bool Understood) ReadEntries(AsnReader list)
    {
        var found = new Dictionary<string, CrlEntry>();
        var understood = true;
        while (list.HasData)
        {
            var item = list.ReadSequence();
            var serial = item.ReadIntegerBytes();
            var revokedAt = Der.ReadTime(item);
            var reason = RevocationReason.Unspecified;
            if (item.HasData)
            {
                foreach (var extension in ExtensionReader.ReadAll(item.ReadSequence()))
                {
                    if (extension.Oid == Oids.CrlReason)
                    {
                        reason = Der.Read(extension.Value).ReadEnumeratedValue<RevocationReason>();
                    }
                    else
                    {
                        understood &= !extension.Critical; // certificateIssuer: an indirect list
                    }
                }
            }

            found.TryAdd(Key(serial.Span), new CrlEntry(serial, revokedAt, reason));
        }

        return (found, understood);
    }

    private static string Key(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial);
}
