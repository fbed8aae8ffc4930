using System.Collections.Concurrent;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Domain.Certificates;
using Seal.Ledger;
using Seal.Service.CertificateSources;
using Seal.Service.Keys;
using Seal.Service.Projections;
using Seal.Service.Views;
using Seal.Tokens;
using State = Seal.Domain.Certificates.Certificate;

namespace Seal.Service.Pki;

/// <summary>An answer by OCSP.</summary>
/// <param name="Der">OCSPResponse.</param>
/// <param name="ThisUpdate">From when it is, UTC; null for one that must not be kept.</param>
public sealed record OcspAnswer(byte[] Der, DateTimeOffset? ThisUpdate);

/// <summary>Answers about the certificates of the embedded authority from the ledger, which is asked each time; what was signed is used again while it says the same.</summary>
public sealed class OcspAnswers(
    Authorities authorities, OcspResponders responders, ServiceCertificates own, ViewReader views, Revocations revocations, TimeProvider clock)
{
    /// <summary>How long an answer is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<string, (RevocationFinding Finding, DateTimeOffset Made, byte[] Der)> _signed = new();

    /// <summary>Answers a question put to an issuing authority; one that cannot be answered, in the way of RFC 6960 §2.3.</summary>
    public async Task<OcspAnswer> AnswerAsync(AuthorityChain chain, ReadOnlyMemory<byte> der, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        try
        {
            return await DecideAsync(chain, OcspRequest.Parse(der), cancellation);
        }
        catch (DerFormatException)
        {
            return Refuse(OcspResponseStatus.MalformedRequest);
        }
        catch (Exception failed) when (failed is TokenException or LedgerUnavailableException or CertificateNotIssuedException)
        {
            return Refuse(OcspResponseStatus.TryLater);
        }
    }

    private static OcspAnswer Refuse(OcspResponseStatus status) => new(OcspResponder.Refuse(status), null);

    private async Task<OcspAnswer> DecideAsync(AuthorityChain chain, OcspRequest request, CancellationToken cancellation)
    {
        if (!request.Certificates.All(asked => asked.IsIssuedBy(chain.Issuing.Certificate)))
        {
            return Refuse(OcspResponseStatus.Unauthorized);
        }

        // Before the ledger is asked: what comes after this moment may be missing from the answer.
        var now = WholeSecond(clock.GetUtcNow());
        List<OcspStatement> statements = [];
        foreach (var asked in request.Certificates)
        {
            statements.Add(new(asked, await FindAsync(chain, asked, cancellation)));
        }

        var responder = await responders.GetAsync(chain, cancellation);
        if (request.Nonce is not null || statements is not [var only] || only.Finding is RevocationFinding.Unknown)
        {
            return new(responder.Answer(statements, now, now + Lifetime, request.Nonce), null);
        }

        var key = Convert.ToHexString(only.Certificate.RawData.Span);
        if (_signed.TryGetValue(key, out var kept) && kept.Finding == only.Finding && now >= kept.Made && now - kept.Made < Lifetime / 2)
        {
            return new(kept.Der, kept.Made);
        }

        if (_signed.Count >= MostKept)
        {
            _signed.Clear();
        }

        var signed = responder.Answer(statements, now, now + Lifetime, null);
        _signed[key] = (only.Finding, now, signed);
        return new(signed, now);
    }

    private async Task<RevocationFinding> FindAsync(AuthorityChain chain, OcspCertId asked, CancellationToken cancellation)
    {
        var id = CertificateId.From(Convert.ToHexStringLower(asked.SerialNumber.Span));
        if (await views.FindAsync<State>(SealProjections.Certificates, id.Value, cancellation) is not { State.Status: not CertificateStatus.None } row)
        {
            // Certificates of the service itself are no events.
            return await own.IsOwnAsync(chain, asked.SerialNumber, cancellation) ? new RevocationFinding.Good() : new RevocationFinding.Unknown();
        }

        if (authorities.IssuerOf(row.State)?.IssuingName != chain.IssuingName)
        {
            return new RevocationFinding.Unknown();
        }

        return await revocations.OfAsync(row, cancellation) is { } entry ? new RevocationFinding.Revoked(entry.RevokedAt, entry.Reason) : new RevocationFinding.Good();
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
