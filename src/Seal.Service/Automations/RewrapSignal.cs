namespace Seal.Service.Automations;

/// <summary>Tells the background of this process that the master key was rotated, so that it need not wait for its next look.</summary>
public sealed class RewrapSignal : IDisposable
{
    private readonly SemaphoreSlim _given = new(0, 1);

    /// <summary>Gives it; once is enough until it was heard.</summary>
    public void Give()
    {
        try
        {
            _given.Release();
        }
        catch (SemaphoreFullException)
        {
            // Given already, and not heard yet.
        }
    }

    /// <summary>Waits for it, or for so long.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _given.WaitAsync(atMost, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _given.Dispose();
}
