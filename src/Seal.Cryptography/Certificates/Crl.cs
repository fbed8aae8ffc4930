using System.Collections.Frozen;
using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>A certificate revocation list (RFC 5280 §5), read-only, kept as received.</summary>
public sealed class Crl
{
    private readonly ReadOnlyMemory<byte> tbs;
    private readonly ReadOnlyMemory<byte> signature;
    private readonly SignatureScheme? scheme;
    private readonly FrozenDictionary<string, CrlEntry> entries;

    private Crl(ReadOnlyMemory<byte> der)
    {
        AsnReader outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        AsnReader list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        tbs = list.PeekEncodedValue();
        AsnReader body = list.ReadSequence();
        ReadOnlyMemory<byte> outerAlgorithm = list.ReadEncodedValue();
        signature = Der.ReadBits(list);
        list.ThrowIfNotEmpty();

        if (Der.Has(body, Asn1Tag.Integer))
            body.ReadIntegerBytes(); // version
        ReadOnlyMemory<byte> innerAlgorithm = body.ReadEncodedValue();
        if (!innerAlgorithm.Span.SequenceEqual(outerAlgorithm.Span))
            throw new AsnContentException("The two signature algorithms of the list differ.");
        scheme = SignatureScheme.Read(innerAlgorithm);
        Issuer = DistinguishedName.Parse(body.ReadEncodedValue());
        ThisUpdate = Der.ReadTime(body);
        NextUpdate = Der.Has(body, Asn1Tag.UtcTime) || Der.Has(body, Asn1Tag.GeneralizedTime) ? Der.ReadTime(body) : null;
        (entries, bool entriesUnderstood) = Der.Has(body, Asn1Tag.Sequence)
            ? ReadEntries(body.ReadSequence())
            : (FrozenDictionary<string, CrlEntry>.Empty, true);
        IReadOnlyList<CertificateExtension> extensions = Der.TryReadExplicit(body, Der.Context0) is { } tagged
            ? ExtensionReader.ReadAll(tagged.ReadSequence())
            : [];
        body.ThrowIfNotEmpty();

        foreach (CertificateExtension extension in extensions)
        {
            switch (extension.Oid)
            {
                case Oids.CrlNumber:
                    Number = Der.Read(extension.Value).ReadInteger();
                    break;
                case Oids.AuthorityKeyIdentifier:
                    AuthorityKeyIdentifier = ExtensionReader.AuthorityKeyIdentifier(extension.Value);
                    break;
                case Oids.IssuingDistributionPoint:
                    Scope = CrlScope.Read(extension.Value);
                    break;
            }
        }

        IsUnderstood = entriesUnderstood && extensions.All(static extension => !extension.Critical
            || extension.Oid is Oids.CrlNumber or Oids.AuthorityKeyIdentifier or Oids.IssuingDistributionPoint);
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

    /// <summary>Identifier of the key that signed it, or null.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; }

    /// <summary>Everything revoked.</summary>
    public IReadOnlyCollection<CrlEntry> Entries => entries.Values;

    /// <summary>
    /// False if it has critical extensions that are not understood here (delta lists, indirect lists): it
    /// must then not be used to call a certificate good.
    /// </summary>
    public bool IsUnderstood { get; }

    /// <summary>The part of the issuer's certificates it speaks for; null is all of them.</summary>
    internal CrlScope? Scope { get; }

    /// <summary>Reads a DER CertificateList.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static Crl Parse(ReadOnlyMemory<byte> der) =>
        Der.Parse("certificate revocation list", der, static bytes => new Crl(bytes));

    /// <summary>The entry of a certificate of this list's issuer, or null if it is not on the list.</summary>
    public CrlEntry? Find(Certificate certificate) =>
        entries.GetValueOrDefault(Key(certificate.SerialNumber.Span));

    /// <summary>Whether the issuer's key made this list's signature.</summary>
    public bool IsSignedBy(Certificate issuer) =>
        scheme is not null && Signatures.Verify(scheme, issuer.SubjectPublicKeyInfo, tbs.Span, signature.Span);

    private static (FrozenDictionary<string, CrlEntry> Entries, bool Understood) ReadEntries(AsnReader list)
    {
        var found = new Dictionary<string, CrlEntry>();
        bool understood = true;
        while (list.HasData)
        {
            AsnReader item = list.ReadSequence();
            ReadOnlyMemory<byte> serial = item.ReadIntegerBytes();
            DateTimeOffset revokedAt = Der.ReadTime(item);
            var reason = RevocationReason.Unspecified;
            if (item.HasData)
            {
                foreach (CertificateExtension extension in ExtensionReader.ReadAll(item.ReadSequence()))
                {
                    if (extension.Oid == Oids.CrlReason)
                        reason = Der.Read(extension.Value).ReadEnumeratedValue<RevocationReason>();
                    else
                        understood &= !extension.Critical; // certificateIssuer: an indirect list
                }
            }

            found.TryAdd(Key(serial.Span), new CrlEntry(serial, revokedAt, reason));
        }

        return (found.ToFrozenDictionary(), understood);
    }

    private static string Key(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial);
}
