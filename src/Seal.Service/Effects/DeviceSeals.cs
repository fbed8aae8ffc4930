using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Effects;

/// <summary>A sealed document that waits for a device's signature.</summary>
/// <param name="Document">The document.</param>
/// <param name="Container">The signature container.</param>
/// <param name="Certificate">The certificate of the device's key.</param>
/// <param name="Digest">Digest of the bytes that the signature covers.</param>
public sealed record DeviceSeal(PreparedSeal Document, PreparedContainer Container, Certificate Certificate, byte[] Digest);

/// <summary>
/// Puts impression and receipt into a document for a key that is elsewhere. The same signature comes to the same bytes each
/// time, so that nothing has to be kept between the two steps but the document and what was recorded.
/// </summary>
public sealed class DeviceSeals(ImpressionStore impressions, CertificateDesk certificates, SealingDesk desk, StreamLoader loader, EventLedger ledger)
{
    /// <summary>Prepares a document, which must stay open until it is completed.</summary>
    /// <exception cref="PdfFormatException">The document cannot be sealed like that.</exception>
    public async Task<DeviceSeal> PrepareAsync(DeviceSignature asked, Stream source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var states = await loader.LoadAsync([asked.Organisation.Stream], States.None, ReadUntil.All, cancellation);
        var certificate = await certificates.GetAsync(asked.Certificate, cancellation);
        var impression = await impressions.GetAsync(asked.Seal, cancellation);
        var name = states.Get<Organisation>(asked.Organisation.Stream).Name;
        var receipt = new SealReceipt(ledger.Origin, asked.Signing.Value, asked.Seal.Value, asked.SealVersion);
        var algorithm = HolderKeys.AlgorithmOf(asked.Algorithm);

        var container = await desk.ContainerAsync(algorithm, certificate, receipt, asked.Seal, asked.Edition, cancellation);
        var request = Places.Request(impression, Places.Of(asked.Page, asked.XMm, asked.YMm, asked.Further), asked.Certify ?? 0, asked.At, name) with { Names = desk.NamesOf(algorithm) };
        var prepared = PdfSealer.Prepare(source, request, container, cancellation);
        var digest = await prepared.DigestAsync(container.Digest, cancellation);
        return new DeviceSeal(prepared, container.Prepare(digest, prepared.ByteRange, asked.At), certificate, digest);
    }
}
