using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Persons;
using Seal.Service.CertificateSources;
using Seal.Service.Commands;
using Seal.Service.Vault;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Keys;

/// <summary>
/// Keys of encryption certificates (SM2): made by the authority and kept in the vault under the token's master key, so that what was encrypted
/// can be read after its medium is lost; handed over in envelopes that only the key of a signing certificate opens.
/// </summary>
public sealed class EncryptionKeys(Authorities authorities, EmbeddedSource embedded, CertificateDesk desk, VaultStore vault)
{
    /// <summary>Makes the encryption certificate beside a signing one and lays its key, and those of former pairs, ready; all of it goes again if the work comes to nothing.</summary>
    /// <exception cref="CertificateNotIssuedException">It cannot be issued.</exception>
    public async Task<EncryptionCertified> MakeAsync(CertifyOrder order, OrderedCertificate ordered, SourcedCertificate signing, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(ordered);
        ArgumentNullException.ThrowIfNull(signing);
        ArgumentNullException.ThrowIfNull(work);
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var chain = authorities.Chains.First(one => one.IssuingName == signing.Issuer);
        var certificate = embedded.Issue(chain, HolderProfiles.EncryptionProfileOf(ordered.Kind), ordered.Subject, key.SubjectPublicKeyInfo, signing.Certificate.NotAfter);
        await desk.KeepAsync(certificate, order.Person, work, cancellation);
        var id = CertificateDesk.IdOf(certificate);
        var pkcs8 = key.ExportPkcs8();
        try
        {
            await KeepAsync(KeyOf(id), "encryption-key", order.Person, pkcs8, work, cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }

        await LayReadyAsync(id, key, signing.Certificate, order.Person, work, cancellation);
        List<CertificateId> former = [];
        foreach (var one in order.FormerEncryption)
        {
            if (await OpenAsync(one, cancellation) is { } kept)
            {
                using (kept)
                {
                    await LayReadyAsync(one, kept, signing.Certificate, order.Person, work, cancellation);
                }

                former.Add(one);
            }
        }

        return new EncryptionCertified(id, CertificateDesk.DigestOf(certificate), certificate.NotAfter, former);
    }

    /// <summary>The envelope (SM2EnvelopedKey, DER) with the key of an encryption certificate for the key of a signing one; <c>null</c> when there is none.</summary>
    public Task<byte[]?> EnvelopeAsync(CertificateId encryption, CertificateId signing, CancellationToken cancellation) => vault.FindAsync(EnvelopeOf(encryption, signing), cancellation);

    private async Task LayReadyAsync(CertificateId encryption, SoftwareKey key, Certificate signing, PersonId? person, Work work, CancellationToken cancellation) =>
        await KeepAsync(
            EnvelopeOf(encryption, CertificateDesk.IdOf(signing)), "encryption-envelope", person, Sm2EnvelopedKey.Seal(key, signing.SubjectPublicKeyInfo.Span), work, cancellation);

    // One that was erased with its person is gone for good.
    private async Task<SoftwareKey?> OpenAsync(CertificateId encryption, CancellationToken cancellation)
    {
        if (await vault.FindAsync(KeyOf(encryption), cancellation) is not { } pkcs8)
        {
            return null;
        }

        try
        {
            return SoftwareKey.ImportPkcs8(pkcs8, SignatureAlgorithm.Sm2Sm3);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private async Task KeepAsync(string row, string kind, PersonId? person, ReadOnlyMemory<byte> content, Work work, CancellationToken cancellation)
    {
        work.OnDiscard(() => new ValueTask(vault.DeleteAsync(row, CancellationToken.None)));
        await vault.PutAsync(row, kind, person?.Value, content, cancellation);
    }

    private static string KeyOf(CertificateId encryption) => $"encryption-key:{encryption.Value}";

    private static string EnvelopeOf(CertificateId encryption, CertificateId signing) => $"encryption-envelope:{encryption.Value}:{signing.Value}";
}
