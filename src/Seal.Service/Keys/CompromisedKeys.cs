using System.Globalization;
using System.Security.Cryptography;
using Seal.Domain.Certificates;
using Seal.Ledger;
using Seal.Service.Projections;
using Seal.Service.Views;
using State = Seal.Domain.Certificates.Certificate;

namespace Seal.Service.Keys;

/// <summary>
/// The keys that somebody else may have: those of certificates that were revoked for it (RFC 5280 §5.3.1, keyCompromise). They are
/// certified for nobody any more. It follows the ledger: only what changed since it looked last is read.
/// </summary>
public sealed class CompromisedKeys(ViewReader views, CertificateDesk certificates) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    // SHA-256 of the SubjectPublicKeyInfo, hex: as many as there are such certificates.
    private readonly HashSet<string> _keys = [];
    private string? _read;

    /// <summary>Whether a key is among them.</summary>
    /// <param name="subjectPublicKeyInfo">The key, DER.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<bool> ContainsAsync(ReadOnlyMemory<byte> subjectPublicKeyInfo, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            await FollowAsync(cancellation);
            return _keys.Contains(NameOf(subjectPublicKeyInfo));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task FollowAsync(CancellationToken cancellation)
    {
        ProjectionQuery changed = new(SealProjections.Certificates)
        {
            Filters = [new ProjectionFilter.IsAnyOf("state.status", ["revoked"])],
            Order = ProjectionOrder.OldestFirst,
            Limit = 1000,
            After = _read,
        };
        await foreach (var row in views.OwnRowsAsync<State>(changed, cancellation))
        {
            // Whoever is forgotten takes certificate and key along.
            if (row.State.Reason == RevocationReason.KeyCompromise && await certificates.FindAsync(CertificateId.From(row.Id), cancellation) is { } certificate)
            {
                _keys.Add(NameOf(certificate.SubjectPublicKeyInfo));
            }

            _read = string.Create(CultureInfo.InvariantCulture, $"{row.LastPosition}.{row.Id}");
        }
    }

    private static string NameOf(ReadOnlyMemory<byte> subjectPublicKeyInfo) => Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo.Span));
}
