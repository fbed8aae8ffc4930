using Seal.Cryptography.Certificates;
using Seal.Service.Settings;

namespace Seal.Service.Verification;

/// <summary>Where verification fetches revocation from, if the settings allow it at all.</summary>
/// <param name="settings">Whether they do.</param>
public sealed class RevocationAccess(TrustSettings settings) : IDisposable
{
    // The whole verification has five seconds.
    private static readonly RevocationFetchLimits Limits = new() { Timeout = TimeSpan.FromSeconds(2), MaximumRequests = 4, MaximumBytes = 8 * 1024 * 1024 };

    private readonly HttpClient? _http = settings.FetchRevocation ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true) : null;

    /// <summary>A source for one document; null when nothing is to be fetched.</summary>
    public IRevocationSource? Open() => _http is null ? null : new RevocationFetcher(_http, Limits);

    /// <inheritdoc/>
    public void Dispose() => _http?.Dispose();
}
