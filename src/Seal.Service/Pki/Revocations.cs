using Seal.Cryptography.Certificates;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Views;
using Reasons = Seal.Cryptography.Certificates.RevocationReason;
using State = Seal.Domain.Certificates.Certificate;

namespace Seal.Service.Pki;

/// <summary>Since when and why certificates are revoked or suspended, as the ledger has it.</summary>
public sealed class Revocations(EventLedger ledger)
{
    /// <summary>What a list says of a certificate; <c>null</c> when it is in force, apart from its end.</summary>
    public async ValueTask<CrlEntry?> OfAsync(View<State> certificate, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var state = certificate.State;
        return state.Status switch
        {
            // Only where nothing follows a revocation: the key of an encryption certificate is handed over anew, an authority outside is told.
            CertificateStatus.Revoked when state is { RevokedFromSuspension: false, IsForEncryption: false, Notice: null } =>
                Entry(certificate.LastRecordedAt, Enum.Parse<Reasons>(state.Reason.ToString())),
            CertificateStatus.Revoked => Entry(await StoppedSinceAsync(certificate.Id, cancellation), Enum.Parse<Reasons>(state.Reason.ToString())),
            CertificateStatus.Suspended => Entry(await StoppedSinceAsync(certificate.Id, cancellation), Reasons.CertificateHold),
            _ => null,
        };

        CrlEntry Entry(DateTimeOffset at, Reasons why) => new(Convert.FromHexString(certificate.Id), NextSecond(at), why);
    }

    /// <summary>The time as a list has it: it knows whole seconds only (RFC 5280 §5.1.2.4). Rounded down, it would revoke before what was signed in the same second.</summary>
    public static DateTimeOffset NextSecond(DateTimeOffset time) => new((time.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    // The first of the suspensions that were not lifted: the owner's, where an officer's came on top of it; the revocation, where there is none.
    private async Task<DateTimeOffset> StoppedSinceAsync(string id, CancellationToken cancellation)
    {
        DateTimeOffset? since = null;
        await foreach (var recorded in ledger.ReadStreamAsync(CertificateId.From(id).Stream.ToString(), ReadUntil.All, cancellation))
        {
            since = StreamLoader.Facts(recorded) switch
            {
                CertificateSuspended or CertificateRevoked => since ?? recorded.RecordedAt,
                CertificateReinstated => null,
                _ => since,
            };
        }

        return since ?? throw new InvalidDataException($"The certificate {id} was never suspended or revoked.");
    }
}
