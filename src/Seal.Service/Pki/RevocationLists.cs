using System.Diagnostics;
using Seal.Cryptography.Certificates;
using Seal.Service.Keys;

namespace Seal.Service.Pki;

/// <summary>
/// The certificate revocation lists of the embedded authority, complete and delta, made from the ledger: what it says is what they say. They
/// are made anew when something changed or they are half over, and served as they are until then.
/// </summary>
public sealed class RevocationLists(Authorities authorities, RevocationBook book, TimeProvider clock) : IDisposable
{
    /// <summary>How long a complete list is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How long a delta is good.</summary>
    public static readonly TimeSpan DeltaLifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan BetweenBases = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly List<(long Number, DateTimeOffset Made)> _bases = [];
    private PublishedLists? _newest;
    private long _lookedAt;

    /// <summary>The lists as of now.</summary>
    public async Task<PublishedLists> GetAsync(CancellationToken cancellation)
    {
        var asked = Stopwatch.GetTimestamp();
        await _one.WaitAsync(cancellation);
        try
        {
            // Those who come together look once.
            if (_newest is { } shared && _lookedAt >= asked)
            {
                return shared;
            }

            var looking = Stopwatch.GetTimestamp();
            var now = clock.GetUtcNow();
            var number = Math.Max(now.ToUnixTimeMilliseconds(), (_newest?.Number ?? 0) + 1);
            var changed = await book.FollowAsync(number, cancellation);
            if (_newest is not { } newest || changed || now < newest.Made || now - newest.Made > DeltaLifetime / 2)
            {
                _newest = newest = Make(number, now);
            }

            _lookedAt = looking;
            return newest;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private PublishedLists Make(long number, DateTimeOffset now)
    {
        // A delta goes with every complete list that is still good somewhere: it begins at the newest of those that are not, or at the first.
        while (_bases.Count > 1 && _bases[1].Made + Lifetime <= now)
        {
            _bases.RemoveAt(0);
        }

        if (_bases.Count == 0 || now - _bases[^1].Made >= BetweenBases)
        {
            _bases.Add((number, now));
        }

        var since = _bases[0].Number;
        book.Forget(since);
        Dictionary<string, byte[]> complete = [];
        Dictionary<string, byte[]> deltas = [];
        foreach (var chain in authorities.Chains)
        {
            // Nothing is ever taken off a list for its age: documents are judged long after their certificates ended.
            var issuing = new CrlRequest
            {
                Entries = book.Complete(chain.IssuingName),
                Number = number,
                ThisUpdate = now,
                NextUpdate = now + Lifetime,
                ExpiredSince = chain.Issuing.Certificate.NotBefore,
                FreshestUrls = authorities.DeltaCrlUrls(chain),
            };
            complete[chain.IssuingName] = chain.Issuing.BuildCrl(issuing);
            complete[chain.RootName] = chain.Root.BuildCrl(
                [.. authorities.Chains.Where(one => one.RootName == chain.RootName).Select(one => one.Revoked).OfType<CrlEntry>()], number, now, now + Lifetime, chain.Root.Certificate.NotBefore);
            deltas[Authorities.DeltaNameOf(chain.IssuingName)] = chain.Issuing.BuildCrl(issuing with
            {
                Entries = book.Since(chain.IssuingName, since),
                NextUpdate = now + DeltaLifetime,
                BaseNumber = since,
                FreshestUrls = [],
            });
        }

        return new PublishedLists(number, now, complete, deltas);
    }
}

/// <summary>Lists as they are published.</summary>
/// <param name="Number">The number of all of them.</param>
/// <param name="Made">When they were made (UTC).</param>
/// <param name="Complete">Complete lists (DER) by the name of the authority: <c>ca-issuing-ecdsa</c>, <c>ca-root-ecdsa</c>…</param>
/// <param name="Deltas">Delta lists (DER): <c>ca-issuing-ecdsa-delta</c>…; at first they are empty.</param>
public sealed record PublishedLists(long Number, DateTimeOffset Made, IReadOnlyDictionary<string, byte[]> Complete, IReadOnlyDictionary<string, byte[]> Deltas)
{
    private readonly Lazy<CrlEvidence> _evidence = new(() => new CrlEvidence([.. Complete.Values.Select(der => Crl.Parse(der))]));

    /// <summary>The complete lists for judging, read once.</summary>
    public CrlEvidence Evidence => _evidence.Value;

    /// <summary>A list by the name it is published under; <c>null</c> when there is none.</summary>
    public byte[]? Find(string name) => Complete.GetValueOrDefault(name) ?? Deltas.GetValueOrDefault(name);
}
