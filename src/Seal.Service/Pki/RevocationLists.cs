using System.Numerics;
using Seal.Cryptography.Certificates;
using Seal.Ledger;
using Seal.Service.Keys;
using Seal.Service.Projections;
using Seal.Service.Views;
using Certificate = Seal.Domain.Certificates.Certificate;

namespace Seal.Service.Pki;

/// <summary>The certificate revocation lists of the embedded authority, made from the ledger: what it says is what they say.</summary>
public sealed class RevocationLists(Authorities authorities, ViewReader views, EventLedger ledger, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly SemaphoreSlim _one = new(1);
    private (long Revoked, DateTimeOffset Made, IReadOnlyDictionary<string, byte[]> Lists)? _newest;

    /// <summary>The lists (DER) by the name of the authority: <c>ca-issuing-ecdsa</c>, <c>ca-root-ecdsa</c>…</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> GetAsync(CancellationToken cancellation)
    {
        var revoked = await ledger.Projections.CountAsync(SealProjections.Certificates, [Revoked], cancellation);
        var now = clock.GetUtcNow();
        await _one.WaitAsync(cancellation);
        try
        {
            if (_newest is not { } newest || newest.Revoked != revoked || now < newest.Made || now - newest.Made > Lifetime / 2)
            {
                newest = (revoked, now, await MakeAsync(now, cancellation));
                _newest = newest;
            }

            return newest.Lists;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static ProjectionFilter Revoked { get; } = new ProjectionFilter.Is("state.status", "revoked");

    private async Task<IReadOnlyDictionary<string, byte[]>> MakeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var entries = authorities.Chains.ToDictionary(chain => chain.IssuingName, _ => new List<CrlEntry>());
        var query = new ProjectionQuery(SealProjections.Certificates) { Filters = [Revoked], Order = ProjectionOrder.ByKey, Limit = 1000 };
        await foreach (var row in views.RowsAsync<Certificate>(query, cancellation))
        {
            // All from the ledger: a certificate that was erased with its person stays revoked.
            entries[authorities.For(row.State.Algorithm).IssuingName].Add(new CrlEntry(Convert.FromHexString(row.Id), NextSecond(row.LastRecordedAt), ReasonOf(row.State)));
        }

        var number = new BigInteger(now.ToUnixTimeMilliseconds());
        // Nothing is ever taken off a list: documents are judged long after their certificates ended.
        return authorities.Chains.SelectMany(chain => new[]
        {
            KeyValuePair.Create(chain.IssuingName, chain.Issuing.BuildCrl(entries[chain.IssuingName], number, now, now + Lifetime, chain.Issuing.Certificate.NotBefore)),
            KeyValuePair.Create(chain.RootName, chain.Root.BuildCrl([], number, now, now + Lifetime, chain.Root.Certificate.NotBefore)),
        }).ToDictionary();
    }

    // A list knows whole seconds only (RFC 5280 §5.1.2.4). Rounded down, it would revoke before what was signed in the same second.
    internal static DateTimeOffset NextSecond(DateTimeOffset time) => new((time.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    internal static Cryptography.Certificates.RevocationReason ReasonOf(Certificate certificate) =>
        Enum.Parse<Cryptography.Certificates.RevocationReason>(certificate.Reason.ToString());
}
