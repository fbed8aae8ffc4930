using Seal.Cryptography.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Pki;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>Takes in the generations of the embedded authorities that the ledger has, whichever process made them.</summary>
public sealed class IssuerFollower(EventLedger ledger, Authorities authorities, ResponderKeys keys, VaultStore vault, TimeProvider clock) : IDisposable
{
    private static readonly string[] Streams = [.. Enum.GetValues<KeyAlgorithm>().Select(algorithm => IssuerId.Of(algorithm).Stream.ToString())];

    private static readonly TimeSpan OftenEnough = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private int _seen;
    private long _followed;

    /// <summary>Takes in what is new; whoever made it.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp();
        var all = await ledger.ReadStreamsAsync(Streams, ReadUntil.All, cancellation);
        if (all.Values.Sum(events => events.Count) == Volatile.Read(ref _seen))
        {
            Volatile.Write(ref _followed, asked);
            return;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var recorded in all.Values.SelectMany(events => events).OrderBy(recorded => recorded.Position))
            {
                switch (StreamLoader.Facts(recorded))
                {
                    case IssuerRolled rolled:
                        await TakeInAsync(rolled, all[recorded.Stream], recorded, cancellation);
                        break;
                    case IssuerRevoked revoked:
                        Revoke(revoked, recorded);
                        break;
                }
            }

            Volatile.Write(ref _seen, Math.Max(_seen, all.Values.Sum(events => events.Count)));
            Volatile.Write(ref _followed, asked);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes in what is new, unless somebody looked within the last second: for what is done often.</summary>
    public async ValueTask FollowSoonAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _followed) is var last && (last == 0 || clock.GetElapsedTime(last) > OftenEnough))
        {
            await FollowAsync(cancellation);
        }
    }

    /// <summary>Keeps the certificates of a generation; they go again if the work comes to nothing.</summary>
    public async Task KeepAsync(AuthorityChain chain, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(work);
        foreach (var certificate in chain.Certificates)
        {
            // The root of before is there, or was made at the very start and lies elsewhere: one more copy does no harm.
            var key = RowOf(CertificateDesk.DigestOf(certificate));
            if (await vault.FindAsync(key, cancellation) is null)
            {
                work.OnDiscard(() => new ValueTask(vault.DeleteAsync(key, CancellationToken.None)));
                await vault.PutAsync(key, "certificate", null, certificate.RawData, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task TakeInAsync(IssuerRolled fact, IReadOnlyList<RecordedEvent> stream, RecordedEvent recorded, CancellationToken cancellation)
    {
        if (authorities.Chains.Any(chain => chain.IssuingName == fact.Name))
        {
            return;
        }

        var generation = 1 + stream.Count(one => one.Version <= recorded.Version && StreamLoader.Facts(one) is IssuerRolled);
        authorities.TakeIn(await OpenAsync(fact, generation, cancellation));
    }

    // A list knows whole seconds only; rounded down, it would revoke before what was signed in the same second.
    private void Revoke(IssuerRevoked fact, RecordedEvent recorded)
    {
        var algorithm = HolderKeys.AlgorithmOf(IssuerId.From(StreamId.Parse(recorded.Stream).Key).Algorithm!.Value);
        var chain = authorities.Chains.Single(one => one.Issuing.Algorithm == algorithm && one.Generation == fact.Generation);
        if (chain.Revoked is null)
        {
            authorities.Revoke(chain.IssuingName, Revocations.NextSecond(recorded.RecordedAt), Enum.Parse<RevocationReason>(fact.Reason.ToString()));
        }
    }

    private async Task<AuthorityChain> OpenAsync(IssuerRolled fact, int generation, CancellationToken cancellation)
    {
        var issuing = await CertificateAsync(fact.Digest, cancellation);
        var root = await CertificateAsync(fact.RootDigest, cancellation);
        var known = authorities.Chains.FirstOrDefault(chain => chain.RootName == fact.RootName);
        var algorithm = authorities.Chains.First(chain => fact.Name.StartsWith(chain.IssuingName, StringComparison.Ordinal)).Issuing.Algorithm;
        return authorities.Open(
            fact.RootName,
            root,
            fact.Name,
            issuing,
            fact.CrossDigest is { } cross ? await CertificateAsync(cross, cancellation) : known?.Cross,
            generation,
            await keys.Of(algorithm).GetAsync(fact.RootName, algorithm, cancellation),
            await keys.Of(algorithm).GetAsync(fact.Name, algorithm, cancellation));
    }

    private async Task<Certificate> CertificateAsync(string digest, CancellationToken cancellation) => Certificate.Parse(await vault.GetAsync(RowOf(digest), cancellation));

    private static string RowOf(string digest) => $"authority:certificate:{digest}";
}
