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
public sealed class IssuerFollower(EventLedger ledger, Authorities authorities, ResponderKeys keys, VaultStore vault) : IDisposable
{
    private static readonly string[] Streams = [.. Enum.GetValues<KeyAlgorithm>().Select(algorithm => IssuerId.Of(algorithm).Stream.ToString())];

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Takes in what is new.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        var all = await ledger.ReadStreamsAsync(Streams, ReadUntil.All, cancellation);
        var rolled = all.Values.SelectMany(events => events).Select(recorded => (recorded, Fact: StreamLoader.Facts(recorded) as IssuerRolled))
            .Where(one => one.Fact is not null && authorities.Chains.All(chain => chain.IssuingName != one.Fact.Name)).OrderBy(one => one.recorded.Position).ToList();
        if (rolled.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var (recorded, fact) in rolled)
            {
                authorities.TakeIn(await OpenAsync(fact!, (int)recorded.Version + 1, cancellation));
            }
        }
        finally
        {
            _turn.Release();
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
