using System.Net;
using System.Runtime.CompilerServices;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>A log that is published over HTTP.</summary>
/// <param name="http">
/// Its base address is the log's prefix and ends in a slash; it carries the bearer token that entry bundles need. Stays the caller's.
/// </param>
/// <param name="clock">Measures the pauses between attempts.</param>
public sealed class HttpTileSource(HttpClient http, TimeProvider clock) : ITileSource
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <inheritdoc/>
    public async Task<string?> CheckpointAsync(CancellationToken ct) =>
        await GetAsync(TileExport.CheckpointName, ct) is { } note ? System.Text.Encoding.UTF8.GetString(note) : null;

    /// <inheritdoc/>
    public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) => GetAsync(path.ToString(), ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> CosignedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (await GetAsync(TileExport.WitnessedName, ct) is { } note)
        {
            yield return System.Text.Encoding.UTF8.GetString(note);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<byte[]?> GetAsync(string path, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
                switch (answer.StatusCode)
                {
                    case HttpStatusCode.NotFound:
                        return null;
                    case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                        throw new SourceUnreadableException($"The service does not show {path} to this token: entries need that of an auditor.");
                    case >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests when attempt < Pauses.Length:
                        break;
                    default:
                        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct);
                }
            }
            catch (Exception failed) when (IsFailure(failed, ct))
            {
                if (attempt == Pauses.Length)
                {
                    throw new SourceUnreadableException($"{http.BaseAddress}{path} cannot be read: {failed.Message}", failed);
                }
            }

            await Task.Delay(Pauses[attempt], clock, ct);
        }
    }

    // A timeout of HttpClient is a cancellation that nobody asked for.
    private static bool IsFailure(Exception failed, CancellationToken ct) =>
        failed is HttpRequestException or IOException || (failed is OperationCanceledException && !ct.IsCancellationRequested);
}
