using System.Globalization;
using Seal.Cryptography.Certificates;
using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.CertificateSources;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Vault;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Effects;

/// <summary>Has the certificate of an order issued by the authority chosen, and keeps it if it is what was ordered.</summary>
public sealed class CertifyOrderHandler(
    IEnumerable<ICertificateSource> sources, CertificateDesk certificates, CompromisedKeys compromised, EncryptionKeys encryption, OrderFiles files, FreeTextVault texts, StreamLoader loader, DomainSettings rules, TimeProvider clock) : EffectHandler<CertifyOrder>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(CertifyOrder effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        // The decision has looked: a kind that is gone from the file is ordered no more.
        var kind = rules.CertificateKinds.Find(effect.Kind)!;
        var ordered = new OrderedCertificate(
            effect.Order, kind, await SubjectAsync(effect, kind, cancellation), await files.RequestAsync(effect.Order, effect.RequestDigest, cancellation), effect.Algorithm, effect.NotAfter);
        try
        {
            if (await IsCompromisedAsync(effect.Order, ordered.Request.SubjectPublicKeyInfo, cancellation))
            {
                throw new CertificateNotIssuedException(RequestRejections.RequestKeyCompromised.Code, "keyCompromise");
            }

            var source = sources.FirstOrDefault(one => one.Name == effect.Authority)
                ?? throw new CertificateNotIssuedException(IssuingRejections.AuthorityUnreachable.Code, effect.Authority);
            var issued = await source.IssueAsync(ordered, cancellation);
            Require(issued.Certificate, ordered);
            await certificates.KeepAsync(issued.Certificate, effect.Person, work, cancellation);
            var pair = kind.EncryptionUsage is null ? null : await encryption.MakeAsync(effect, ordered, issued, work, cancellation);
            return new OrderCertified(CertificateDesk.IdOf(issued.Certificate), issued.Issuer, CertificateDesk.DigestOf(issued.Certificate), issued.Certificate.NotAfter, pair);
        }
        catch (CertificateNotIssuedException failed)
        {
            return new OrderNotCertified(failed.Code, failed.Message);
        }
    }

    // Whoever issued it: what is recorded as an order's certificate is for its key, for its subject, and good to sign with now.
    private void Require(Certificate certificate, OrderedCertificate ordered)
    {
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(ordered.Request.SubjectPublicKeyInfo.Span))
        {
            throw new CertificateNotIssuedException(IssuingRejections.CertificateForOtherKey.Code, CertificateDesk.IdOf(certificate).Value);
        }

        var now = clock.GetUtcNow();
        var wrong = certificate switch
        {
            { BasicConstraints.IsAuthority: true } => "basicConstraints: CA",
            { KeyUsage: { } usage } when (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) == KeyUsages.None => $"keyUsage: {usage}",
            _ when certificate.NotBefore > now => string.Create(CultureInfo.InvariantCulture, $"notBefore: {certificate.NotBefore:yyyy-MM-dd HH:mm:ss}Z > {now:yyyy-MM-dd HH:mm:ss}Z"),
            _ when certificate.NotAfter <= now => string.Create(CultureInfo.InvariantCulture, $"notAfter: {certificate.NotAfter:yyyy-MM-dd HH:mm:ss}Z"),
            _ => new[] { NameAttributeTypes.Organization, NameAttributeTypes.OrganizationIdentifier, NameAttributeTypes.CommonName }
                .Where(type => ordered.Subject.Find(type) is { } wanted && certificate.Subject.Find(type) != wanted)
                .Select(type => $"subject: {type}").FirstOrDefault(),
        };
        if (wrong is not null)
        {
            throw new CertificateNotIssuedException(IssuingRejections.CertificateUnfit.Code, wrong);
        }
    }

    /// <summary>Since the order was examined, too; and the key on a lost medium is about to be, with its certificate.</summary>
    private async Task<bool> IsCompromisedAsync(CertificateOrderId id, ReadOnlyMemory<byte> key, CancellationToken cancellation)
    {
        var order = (await loader.LoadAsync([id.Stream], States.None, ReadUntil.All, cancellation)).Get<CertificateOrder>(id.Stream);
        var isLost = order is { Business: OrderBusiness.LostMedium, Certificate: { } on }
            && await certificates.FindAsync(on, cancellation) is { } lost && lost.SubjectPublicKeyInfo.Span.SequenceEqual(key.Span);
        return isLost || await compromised.ContainsAsync(key, cancellation);
    }

    private async Task<DistinguishedName> SubjectAsync(CertifyOrder effect, CertificateKind kind, CancellationToken cancellation)
    {
        var owner = effect.Organisation.Stream.IsNone
            ? Organisation.Initial
            : (await loader.LoadAsync([effect.Organisation.Stream], States.None, ReadUntil.All, cancellation)).Get<Organisation>(effect.Organisation.Stream);
        var person = effect.Person is { } one ? await NameAsync(one, cancellation) : "";
        return HolderProfiles.SubjectOf(kind, source => source switch
        {
            SubjectSource.OrganisationName => owner.Name,
            SubjectSource.OrganisationCode => effect.Organisation.Value,
            SubjectSource.PersonName => person,
            SubjectSource.PersonNumber => effect.Person!.Value.Value,
            _ => throw new ArgumentOutOfRangeException(nameof(source)),
        });
    }

    private async Task<string> NameAsync(PersonId person, CancellationToken cancellation)
    {
        var known = await texts.OfPersonAsync(person, cancellation);
        return (known.FirstOrDefault(text => text.Kind == "name") ?? known.FirstOrDefault(text => text.Kind == "identity"))?.Words ?? person.Value;
    }
}
