using System.Globalization;
using Seal.Cryptography.Certificates;
using Seal.Ledger;
using Seal.Service.Keys;
using Seal.Service.Projections;
using Seal.Service.Views;
using State = Seal.Domain.Certificates.Certificate;

namespace Seal.Service.Pki;

/// <summary>
/// Every certificate that is revoked or suspended, in memory, and in which list it changed last. It follows the ledger: only what changed
/// since it looked last is read. Not for two callers at a time.
/// </summary>
public sealed class RevocationBook(Authorities authorities, IssuerFollower follower, ViewReader views, Revocations revocations, EventLedger ledger)
{
    private readonly Dictionary<string, Line> _lines = [];
    private string? _read;
    private bool _opened;
    private IReadOnlyList<AuthorityChain>? _issuers;

    /// <summary>Reads what changed, as changes of the list with a number; tells whether anything did.</summary>
    public async Task<bool> FollowAsync(long number, CancellationToken cancellation)
    {
        if (!_opened)
        {
            var size = await ledger.SizeAsync(cancellation);
            await ReadAsync(
                new ProjectionQuery(SealProjections.Certificates)
                {
                    Filters = [new ProjectionFilter.IsAnyOf("state.status", ["revoked", "suspended"])],
                    Order = ProjectionOrder.ByKey,
                    Limit = 1000,
                },
                number,
                cancellation);
            _read = size == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{size - 1}.");
            _opened = true;
        }

        await follower.FollowAsync(cancellation);
        var ofIssuers = !ReferenceEquals(_issuers, authorities.Chains);
        _issuers = authorities.Chains;
        return await ReadAsync(
            new ProjectionQuery(SealProjections.Certificates) { Order = ProjectionOrder.OldestFirst, Limit = 1000, After = _read }, number, cancellation) || ofIssuers;
    }

    /// <summary>What the complete list of an issuing authority says.</summary>
    public IReadOnlyList<CrlEntry> Complete(string issuer) => [.. _lines.Values.Where(line => line.Issuer == issuer).Select(line => line.Entry).OfType<CrlEntry>()];

    /// <summary>What changed since the list with a number.</summary>
    public IReadOnlyList<CrlEntry> Since(string issuer, long number) =>
    [
        .. _lines.Where(line => line.Value.Issuer == issuer && line.Value.ChangedIn > number)
            .Select(line => line.Value.Entry ?? new CrlEntry(Convert.FromHexString(line.Key), line.Value.ChangedAt, Cryptography.Certificates.RevocationReason.RemoveFromCrl)),
    ];

    /// <summary>Forgets those that are on no list any more and were on none since the one with a number.</summary>
    public void Forget(long number)
    {
        foreach (var (serial, _) in _lines.Where(line => line.Value.Entry is null && line.Value.ChangedIn <= number).ToList())
        {
            _lines.Remove(serial);
        }
    }

    private async Task<bool> ReadAsync(ProjectionQuery query, long number, CancellationToken cancellation)
    {
        var changed = false;
        await foreach (var row in views.OwnRowsAsync<State>(query, cancellation))
        {
            if (query.Order == ProjectionOrder.OldestFirst)
            {
                _read = string.Create(CultureInfo.InvariantCulture, $"{row.LastPosition}.{row.Id}");
            }

            // An outside authority publishes its own.
            if (row.State.Authority != Domain.Deciding.DomainSettings.EmbeddedAuthority)
            {
                continue;
            }

            if (authorities.IssuerOf(row.State) is not { } issuer)
            {
                // Another process made its issuer.
                await follower.FollowAsync(cancellation);
                issuer = authorities.IssuerOf(row.State) ?? throw new InvalidDataException($"Nobody knows {row.State.Issuer}, who issued {row.Id}.");
            }

            var entry = await revocations.OfAsync(row, cancellation);
            var known = _lines.GetValueOrDefault(row.Id);
            if (entry is null ? known?.Entry is not null : known?.Entry is not { } before || before.RevokedAt != entry.RevokedAt || before.Reason != entry.Reason)
            {
                _lines[row.Id] = new Line(issuer.IssuingName, entry, number, row.LastRecordedAt);
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>One certificate.</summary>
    /// <param name="Issuer">Who issued it, by the published name.</param>
    /// <param name="Entry">What lists say of it; null: it was reinstated.</param>
    /// <param name="ChangedIn">The number of the list in which that was new.</param>
    /// <param name="ChangedAt">When it came about (UTC).</param>
    private sealed record Line(string Issuer, CrlEntry? Entry, long ChangedIn, DateTimeOffset ChangedAt);
}
