using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Documents.Ses;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Files;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>
/// Seals OFD documents as GB/T 38540 has it: with the seal data of the edition in force, the receipt in what is signed, and by
/// SM2 keys alone. The same signature comes to the same bytes each time, but for the signature value.
/// </summary>
public sealed class OfdSealing(
    ImpressionStore impressions, CertificateDesk certificates, Authorities authorities, Editions editions, SealingDesk desk, ITimestampSource timestamps, EventLedger ledger)
{
    /// <summary>Prepares a document for a signature, which must stay open until it is completed.</summary>
    /// <exception cref="OfdFormatException">The document cannot be sealed like that.</exception>
    /// <exception cref="InvalidOperationException">The key is not for SM2: it was decided that it is.</exception>
    public async Task<PreparedOfdSeal> PrepareAsync(DeviceSignature asked, Stream source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (HolderKeys.AlgorithmOf(asked.Algorithm) != SignatureAlgorithm.Sm2Sm3)
        {
            throw new InvalidOperationException("An OFD document is sealed with an SM2 key alone.");
        }

        var certificate = await certificates.GetAsync(asked.Certificate, cancellation);
        var impression = await impressions.GetAsync(asked.Seal, cancellation);
        AskedPlaces places = new(asked.Page, asked.XMm, asked.YMm, asked.Further);
        var request = OfdRequests.Of(impression, places, asked.Certify, certificate, asked.At) with
        {
            Receipt = new SealReceipt(ledger.Origin, asked.Signing.Value, asked.Seal.Value, asked.SealVersion),
            Chain = authorities.IssuerOf(certificate).Certificates,
        };
        if (!OfdRequests.IsUnseen(places))
        {
            request = request with { Seal = SesSealData.Parse(await editions.GetAsync(asked.Seal, asked.Edition, cancellation)) };
        }

        return await Task.Run(() => OfdSealer.Prepare(source, request, cancellation), cancellation);
    }

    /// <summary>Puts the signature in, stamped if that is the level set, and settles the file on disk.</summary>
    /// <exception cref="TimestampException">No time stamp could be had, and none is not enough.</exception>
    public async Task<SignatureMade> CompleteAsync(PreparedOfdSeal prepared, ReadOnlyMemory<byte> value, FileStream destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(destination);
        var token = desk.Strength.Level == PadesLevel.B ? null : await StampAsync(value, cancellation);
        var container = await prepared.CompleteAsync(value, token?.RawData, destination, cancellation);

        // On disk before its event is: what is recorded as sealed can be fetched even after a power cut.
        FileStore.Settle(destination);
        destination.Position = 0;
        var sealedDigest = await SHA256.HashDataAsync(destination, cancellation);
        return new SignatureMade(
            Convert.ToHexStringLower(sealedDigest), Convert.ToHexStringLower(SHA256.HashData(container.Span)), Convert.ToHexStringLower(prepared.SignedDigest.Span),
            token is null ? SignatureLevel.Basic : SignatureLevel.Timestamped, token?.Info.Time);
    }

    private async Task<TimestampToken?> StampAsync(ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        try
        {
            return await timestamps.StampAsync(DigestAlgorithm.Sha256, SHA256.HashData(value.Span), cancellation);
        }
        catch (TimestampException unavailable) when (desk.Strength.LowerWhenUnavailable)
        {
            desk.TellLower(PadesLevel.B, unavailable.Message);
            return null;
        }
    }
}
